import {
  Axis3d,
  ChevronsRightLeft,
  Circle,
  CircleDashed,
  Columns2,
  Command,
  Contrast,
  Crosshair,
  DraftingCompass,
  Flame,
  GitCompareArrows,
  Grid2x2,
  Keyboard,
  Lasso,
  Layers,
  Link2,
  Maximize,
  MessageSquareText,
  MoveDiagonal,
  Pentagon,
  Pin,
  Play,
  Redo2,
  RotateCcw,
  Ruler,
  Scaling,
  Spline,
  Square,
  Syringe,
  Undo2,
  type LucideIcon,
} from 'lucide-react';
import type { Action } from '../actions/index.ts';

interface Look {
  readonly icon: LucideIcon;
  /** One word of the title, where the title is too long for a button (WCAG 2.5.3: it must be part of it). */
  readonly short?: string;
}

const looks: Readonly<Record<string, Look>> = {
  'layout.1x1': { icon: Square, short: 'One' },
  'layout.1x2': { icon: Columns2, short: 'Two' },
  'layout.2x2': { icon: Grid2x2, short: 'Four' },
  'layout.mpr': { icon: Axis3d, short: 'MPR' },
  'layout.compare': { icon: GitCompareArrows, short: 'Compare' },
  link: { icon: Link2, short: 'Linked' },
  'link.here': { icon: Pin, short: 'Link here' },
  fit: { icon: Maximize, short: 'Fit' },
  reset: { icon: RotateCcw, short: 'Reset' },
  invert: { icon: Contrast, short: 'Invert' },
  slab: { icon: Layers, short: 'Slab' },
  crosshair: { icon: Crosshair, short: 'Crosshair' },
  cine: { icon: Play, short: 'Play' },
  undo: { icon: Undo2 },
  redo: { icon: Redo2 },
  'marks.hide': { icon: Circle, short: 'Marks' },
  palette: { icon: Command, short: 'Find' },
  help: { icon: Keyboard, short: 'Keys' },
  'tool.length': { icon: Ruler },
  'tool.angle': { icon: DraftingCompass },
  'tool.bidirectional': { icon: MoveDiagonal },
  'tool.area': { icon: Lasso },
  'tool.area-by-corners': { icon: Pentagon, short: 'Corners' },
  'tool.note': { icon: MessageSquareText },
  'tool.calibration': { icon: Scaling },
  'tool.vessel': { icon: Spline },
  'tool.stenosis': { icon: ChevronsRightLeft },
  'tool.region': { icon: CircleDashed, short: 'Region' },
  'tool.trajectory': { icon: Syringe },
  'tool.ablation': { icon: Flame, short: 'Ablation' },
};

export function iconOf({ id }: Action): LucideIcon {
  return looks[id]?.icon ?? Circle;
}

/** What stands below the icon. */
export function shortNameOf({ id, title }: Action): string {
  return looks[id]?.short ?? title;
}
