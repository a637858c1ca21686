import type { Point, Vec3, LpsMm } from './spaces.ts';

/** What a shape is for; how it looks is decided by who draws it. */
export type ShapeRole =
  'main' | 'reference' | 'path' | 'zone' | 'target' | 'margin' | 'warning' | 'extension' | 'reading';

/** Plain data in the item's space; window, report and 3D view cut and draw the same shapes. */
export type Shape =
  | {
      readonly type: 'polyline';
      readonly points: readonly Point[];
      readonly closed?: boolean;
      readonly role: ShapeRole;
    }
  | { readonly type: 'point'; readonly at: Point; readonly role: ShapeRole }
  | { readonly type: 'arrow'; readonly from: Point; readonly to: Point; readonly role: ShapeRole }
  | {
      readonly type: 'ellipsoid';
      readonly centre: LpsMm;
      readonly semiAxes: Vec3;
      readonly axes: readonly [Vec3, Vec3, Vec3];
      readonly role: ShapeRole;
    }
  /** Text that belongs at a point; the drawer finds a free place near it. */
  | { readonly type: 'label'; readonly at: Point; readonly text: string };
