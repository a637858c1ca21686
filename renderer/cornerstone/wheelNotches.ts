/** One message of a wheel or touch pad. */
export interface WheelTurn {
  readonly deltaY: number;
  /** WheelEvent.deltaMode: 0 px, 1 lines, 2 pages. */
  readonly deltaMode: number;
  /** When it came, ms. */
  readonly timeStamp: number;
}

/** A finger's way for one slice, px: about a line of text on the pad. */
const padPx = 40;
/** From here on a message is taken for a notch of a mouse's wheel (browsers send 53, 100, 120 and their multiples). */
const notchPx = 50;
/** A pause that ends a stroke, ms: what was left of it does not count for the next. */
const strokeMs = 200;
/** Messages that fall evenly before a pad is taken to coast. */
const leastStroke = 5;

/**
 * Whole slices for wheel messages. A mouse: one a notch. A touch pad sends many small ones: one slice every 40 px, and
 * nothing while the pad coasts after the fingers have left (the system goes on sending, ever smaller ones; a scroll
 * that runs on by itself passes the slice a person stopped at).
 * @returns a function of the next message: slices to go, down positive
 */
export function createWheelNotches(): (turn: WheelTurn) => number {
  let rest = 0;
  let last = -Infinity;
  let sizes: number[] = [];
  let coasting = false;

  return ({ deltaY, deltaMode, timeStamp }) => {
    if (deltaY === 0) return 0;
    const px = deltaMode === 0 ? deltaY : deltaY * padPx * (deltaMode === 2 ? 10 : 1);
    const size = Math.abs(px);
    const turned = rest !== 0 && Math.sign(rest) !== Math.sign(px);
    if (timeStamp - last > strokeMs || turned) {
      rest = 0;
      sizes = [];
      coasting = false;
    }
    last = timeStamp;
    if (deltaMode !== 0) return Math.sign(px) * Math.max(1, Math.round(Math.abs(deltaY) / (deltaMode === 1 ? 3 : 1)));
    if (size >= notchPx && sizes.length === 0) return Math.sign(px) * Math.max(1, Math.round(size / 120));
    const before = sizes.at(-1) ?? 0;
    // Fingers again: what coasts only gets slower.
    if (coasting && size > before + 1) {
      coasting = false;
      sizes = [];
      rest = 0;
    }
    sizes = [...sizes, size].slice(-leastStroke);
    if (!coasting && isFalling(sizes)) coasting = true;
    if (coasting) {
      rest = 0;
      return 0;
    }
    rest += px;
    const slices = Math.trunc(rest / padPx);
    rest -= slices * padPx;
    return slices;
  };
}

/** None larger than the one before, and smaller at the end: fingers tremble and do not slow down so evenly. */
function isFalling(sizes: readonly number[]): boolean {
  const [first] = sizes;
  if (first === undefined || sizes.length < leastStroke) return false;
  const even = sizes.every((size, at) => at === 0 || size <= (sizes[at - 1] ?? 0));
  return even && (sizes.at(-1) ?? 0) <= first * 0.9 && first > 3;
}
