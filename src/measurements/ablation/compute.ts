import type { Ellipsoid, EllipsoidUnion } from '../../geometry/index.ts';
import {
  ellipsoidUnion,
  ellipsoidVolumeMm3,
  grownShellMm3,
  sharedVolumeMm3,
  unionVolumeMm3,
} from '../../geometry/index.ts';
import type { Note, Outcome, Quantity } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Computed, Given, Run } from '../kind.ts';
import { millilitres, millimetres, percent } from '../lengthBetween.ts';
import { obstaclesAmong } from '../obstacles.ts';
import { ellipsoidOf } from '../region/item.ts';
import type { AblationItem } from './item.ts';
import { zoneOf } from './item.ts';
import { clearanceAtLeast, minimalAblativeMargin, zoneClearance } from './margins.ts';

export function computeAblation(item: AblationItem, given: Given, { signal, progress }: Run): Outcome<Computed> {
  const zones = item.applicators.map(zoneOf);
  let target: Ellipsoid | undefined;
  if (item.target !== null) {
    const record = given.record(item.target);
    target = ellipsoidOf(record);
    if (target === undefined)
      return record?.type === 'mask'
        ? refuse('mask-missing', 'A target painted as a mask cannot be computed by this version yet.')
        : refuse('bad-target', `The target "${item.target}" is no region.`);
  }
  const notes: Note[] = [...zoneNotes(item)];
  const volume = unionVolumeMm3(zones, signal);
  let lastChange = volume.lastChange;
  progress?.(0.2);

  const union = ellipsoidUnion(zones);
  const ofTarget = target === undefined ? withoutTarget() : againstTarget(target, union, item.requiredMargin, signal);
  lastChange = Math.max(lastChange, ofTarget.lastChange);
  notes.push(...ofTarget.notes);
  progress?.(0.7);

  const { obstacles, notes: assessed } = obstaclesAmong(item.critical, given.record, 'zoneClearance');
  let least: { readonly value: number; readonly to: string } | undefined;
  for (const { id, ellipsoid } of obstacles) {
    signal?.throwIfAborted();
    if (least !== undefined && clearanceAtLeast(ellipsoid, union) > least.value) continue;
    const value = zoneClearance(ellipsoid, union, signal);
    if (least === undefined || value < least.value) least = { value, to: id };
  }
  notes.push(...assessed);
  // Below that only rounding is left: the rays were all inside or all outside.
  if (lastChange > 1e-9)
    notes.push({
      code: 'refined',
      message: `Volumes and coverage were refined until halving the grid changed them by ${(100 * lastChange).toPrecision(1)} % at most.`,
    });
  return ok({
    results: {
      zoneVolume: millilitres(volume.value),
      ...ofTarget.results,
      zoneClearance: least === undefined ? millimetres(null) : { ...millimetres(least.value), to: least.to },
    },
    notes,
  });
}

interface Part {
  readonly results: Readonly<Record<string, Quantity>>;
  readonly notes: readonly Note[];
  readonly lastChange: number;
}

function withoutTarget(): Part {
  const results = {
    targetVolume: millilitres(null),
    coverage: percent(null),
    marginCoverage: percent(null),
    minimalAblativeMargin: millimetres(null),
  };
  const message = 'No target was chosen.';
  return { results, notes: Object.keys(results).map((key) => ({ code: 'no-target', key, message })), lastChange: 0 };
}

function againstTarget(
  target: Ellipsoid,
  union: EllipsoidUnion,
  requiredMargin: number | null,
  signal?: AbortSignal,
): Part {
  const zones = union.bodies;
  const own = ellipsoidVolumeMm3(target);
  const shared = sharedVolumeMm3(target, zones, signal);
  const shell = requiredMargin === null ? undefined : grownShellMm3(target, requiredMargin, zones, signal);
  signal?.throwIfAborted();
  return {
    results: {
      targetVolume: millilitres(own),
      coverage: percent((100 * shared.value) / own),
      marginCoverage: percent(shell ? (100 * (shared.value + shell.covered)) / (own + shell.whole) : null),
      minimalAblativeMargin: millimetres(minimalAblativeMargin(target, union, signal)),
    },
    notes: shell
      ? []
      : [{ code: 'no-required-margin', key: 'marginCoverage', message: 'No required margin was given.' }],
    lastChange: Math.max(shared.lastChange, shell?.lastChange ?? 0),
  };
}

/** Sentence S-13 of the clinical page, and what the union leaves out. */
function zoneNotes({ applicators }: AblationItem): readonly Note[] {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const sources = new Set(
    applicators.map(({ zone }) => {
      const evidence = text(zone['evidence']);
      return `${text(zone['source']) ?? 'an unnamed source'}${evidence ? ` (${evidence})` : ''}`;
    }),
  );
  const notes: Note[] = [...sources].map((source) => ({
    code: 'zone-source',
    message: `Zone from ${source}. Real zones differ with tissue, flow and vessels.`,
  }));
  if (applicators.length > 1)
    notes.push({
      code: 'synergy-not-modelled',
      message: 'The zones are joined as they are; what applicators do to each other is not modelled.',
    });
  return notes;
}
