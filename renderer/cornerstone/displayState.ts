import type { WindowPreset } from '../../src/dicom/index.ts';
import type { WindowLevel } from './types.ts';
import type { NamedWindow } from './displayWindow.ts';

/** Window and inversion of one picture, or of the planes of one series, which share theirs. */
export class DisplayState {
  window: WindowLevel;
  name: string | null;
  inverted = false;
  private readonly listeners = new Set<() => void>();
  private readonly opening: NamedWindow;
  /** MONOCHROME1: low values are stored to be shown white. */
  private readonly storedInverted: boolean;
  /** The windows of the file. */
  private readonly presets: readonly WindowPreset[];

  constructor(opening: NamedWindow, storedInverted: boolean, presets: readonly WindowPreset[] = []) {
    this.opening = opening;
    this.window = opening.window;
    this.name = opening.name;
    this.storedInverted = storedInverted;
    this.presets = presets;
  }

  /** The file's own curve (sigmoid, exact line, VOI LUT), while the window is that of the file; null for the ordinary line. */
  get curve(): WindowPreset | null {
    const { centre, width } = this.window;
    const own = this.presets.find((preset) => preset.centre === centre && preset.width === width);
    return own !== undefined && (own.function !== undefined || own.lut !== undefined) ? own : null;
  }

  /** What Cornerstone must be told: black for high values. */
  get drawnInverted(): boolean {
    return this.inverted !== this.storedInverted;
  }

  setWindow(window: WindowLevel, name: string | null): void {
    if (!Number.isFinite(window.centre) || !(window.width > 0)) return;
    this.window = window;
    this.name = name;
    this.changed();
  }

  /** A drag of the mouse: right is wider, down is darker; a tenth of the picture's width changes the window by a quarter. */
  dragWindow(dx: number, dy: number, wholeNumbers: boolean): void {
    const step = Math.max(this.window.width, this.opening.window.width / 10) / 250;
    const least = wholeNumbers ? 1 : this.opening.window.width / 1000;
    const width = Math.max(least, this.window.width + dx * step);
    const centre = this.window.centre + dy * step;
    this.setWindow({ centre, width }, null);
  }

  invert(): void {
    this.inverted = !this.inverted;
    this.changed();
  }

  reset(): void {
    this.window = this.opening.window;
    this.name = this.opening.name;
    this.inverted = false;
    this.changed();
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
