import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { log, writeAtomically } from '../src/host/index.ts';

/** Where the window stood, in the system's own units (device-independent pixels). */
const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1).max(100_000),
  height: z.number().int().min(1).max(100_000),
});
export type Bounds = z.infer<typeof boundsSchema>;
const stateSchema = z.object({
  bounds: boundsSchema.nullable().catch(null),
  maximised: z.boolean().catch(false),
  /** Launches in which the graphics process died, one after the other. */
  graphicsCrashes: z.number().int().min(0).catch(0),
});
export type ShellKept = z.infer<typeof stateSchema>;
const nothing: ShellKept = { bounds: null, maximised: false, graphicsCrashes: 0 };

/** What the shell keeps between launches: shell.json in the program's own folder. */
export class ShellState {
  readonly #file: string;
  #kept: ShellKept;
  #writing: Promise<void> = Promise.resolve();

  constructor(home: string) {
    this.#file = path.join(home, 'shell.json');
    this.#kept = read(this.#file);
  }
  get kept(): ShellKept {
    return this.#kept;
  }
  /** Writes one after the other, each whole; a disk that refuses costs the memory of the place and nothing else. */
  keep(changes: Partial<ShellKept>): Promise<void> {
    this.#kept = { ...this.#kept, ...changes };
    const text = `${JSON.stringify(this.#kept)}\n`;
    this.#writing = this.#writing
      .then(() => mkdir(path.dirname(this.#file), { recursive: true }))
      .then(() => writeAtomically(this.#file, text))
      .catch((error: unknown) => log.error('the place of the window was not kept', error));
    return this.#writing;
  }
}

function read(file: string): ShellKept {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : nothing;
  } catch {
    return nothing;
  }
}

/** The smallest part of a window that a hand can still take hold of, per side. */
const graspable = 100;

/**
 * A place is used again only where it can be seen: a second monitor may be gone.
 *
 * @param areas  The work areas of the displays there are now, same units.
 * @returns null: let the system choose.
 */
export function visibleBounds(bounds: Bounds | null, areas: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null;
  const seen = areas.some((area) => {
    const wide = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
    // The title bar must be reachable, so the top edge counts, not any edge.
    const top = bounds.y >= area.y - 8 && bounds.y <= area.y + area.height - graspable;
    return wide >= graspable && top;
  });
  return seen ? bounds : null;
}

/** The work area of a display that does not hold the middle of a window at `bounds`, same units; undefined: there is none. */
export function otherArea(bounds: Bounds, areas: readonly Bounds[]): Bounds | undefined {
  const [x, y] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
  return areas.find((area) => x < area.x || x >= area.x + area.width || y < area.y || y >= area.y + area.height);
}

/** From this many launches in a row on, the graphics card is left alone. */
export const mostGraphicsCrashes = 3;
