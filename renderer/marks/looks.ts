import type { ShapeRole } from '../../src/geometry/index.ts';
import type { Attributes } from './pen.ts';

interface Look {
  readonly width: number;
  /** Dashes say what a line is where colour cannot. */
  readonly dash?: string;
  readonly fill?: number;
  /** In place of the item's colour. */
  readonly colour?: string;
}

const looks: Readonly<Record<ShapeRole, Look>> = {
  main: { width: 1.75 },
  reference: { width: 1.5, dash: '10 3' },
  path: { width: 1.75 },
  zone: { width: 1.75, fill: 0.1 },
  target: { width: 1.75 },
  margin: { width: 1.25, dash: '2 3' },
  warning: { width: 2.5, dash: '3 2', colour: '#ffb000' },
  extension: { width: 1.5, dash: '2 4' },
  reading: { width: 1 },
};
/** Out of the plane: dashed, whatever the role. */
const outOfPlaneDash = '4 4';

/** What is not in the plane is never as strong as what is, however near. */
export function opacityOf(fade: number): number {
  return fade >= 1 ? 1 : Math.round(70 * fade) / 100;
}

/** Attributes of a line by what it is for, how far it lies from the plane and whether its item is selected. */
export function lineLook(role: ShapeRole, fade: number, colour: string, selected: boolean): Attributes {
  const look = looks[role];
  const fill = look.fill !== undefined && fade === 1;
  return {
    stroke: look.colour ?? colour,
    'stroke-width': look.width + (selected ? 1 : 0),
    'stroke-dasharray': fade < 1 ? outOfPlaneDash : (look.dash ?? 'none'),
    'stroke-opacity': opacityOf(fade),
    fill: fill ? colour : 'none',
    'fill-opacity': look.fill ?? 0,
  };
}

/** The dark line under a line, so that it is seen on bone as on air. */
export function haloLook(role: ShapeRole, fade: number, selected: boolean): Attributes {
  return {
    stroke: '#000',
    'stroke-width': looks[role].width + (selected ? 3 : 2),
    'stroke-opacity': 0.55 * opacityOf(fade),
    'stroke-dasharray': fade < 1 ? outOfPlaneDash : 'none',
    fill: 'none',
  };
}
