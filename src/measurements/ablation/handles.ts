import type { Point } from '../../geometry/index.ts';
import { along, dot, norm, normalize, subtract } from '../../geometry/index.ts';
import type { Handle } from '../kind.ts';
import { inPatient, noHandle, samePoint, triple } from '../points.ts';
import type { AblationItem, Applicator } from './item.ts';
import { zoneOf } from './item.ts';

/** How far up the needle its handle sits, mm. */
const shaftMm = 60;
const leastAxisMm = 1;

/** Of each applicator: its tip, a point up the shaft, the zone's end toward the skin and its side. */
export function ablationHandles({ applicators }: AblationItem): readonly Handle[] {
  return applicators.flatMap((applicator, i) => {
    const zone = zoneOf(applicator);
    const title = applicators.length > 1 ? `Applicator ${i + 1}, ` : '';
    return [
      { name: `tip-${i + 1}`, at: applicator.tip, title: `${title}tip` },
      { name: `shaft-${i + 1}`, at: along(applicator.tip, zone.axes[0], -shaftMm), title: `${title}shaft` },
      { name: `end-${i + 1}`, at: along(zone.centre, zone.axes[0], -zone.semiAxes[0]), title: `${title}zone length` },
      { name: `side-${i + 1}`, at: along(zone.centre, zone.axes[1], zone.semiAxes[1]), title: `${title}zone width` },
    ];
  });
}

export function moveAblationHandle(item: AblationItem, handle: string, to: Point): AblationItem {
  const present = ablationHandles(item).find(({ name }) => name === handle);
  if (present === undefined) return noHandle('ablation', handle);
  if (samePoint(present.at, to)) return item;
  const [what = '', number = ''] = handle.split('-');
  const index = Number(number) - 1;
  return {
    ...item,
    applicators: item.applicators.map((applicator, i) => (i === index ? moved(applicator, what, to) : applicator)),
  };
}

function moved(applicator: Applicator, what: string, to: Point): Applicator {
  const target = inPatient(to);
  const zone = zoneOf(applicator);
  const offset = subtract(target, zone.centre);
  const up = dot(offset, zone.axes[0]);
  switch (what) {
    case 'tip':
      return { ...applicator, tip: triple(target) };
    case 'shaft': {
      const way = subtract(applicator.tip, target);
      return norm(way) > 0 ? { ...applicator, direction: triple(normalize(way)) } : applicator;
    }
    case 'end':
      return { ...applicator, zone: { ...applicator.zone, length: Math.max(leastAxisMm, 2 * Math.abs(up)) } };
    default: {
      const across = Math.sqrt(Math.max(0, dot(offset, offset) - up * up));
      return { ...applicator, zone: { ...applicator.zone, width: Math.max(leastAxisMm, 2 * across) } };
    }
  }
}
