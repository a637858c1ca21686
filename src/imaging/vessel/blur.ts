import { evened } from './lumen.ts';
import type { LocalVolume } from './localVolume.ts';
import type { SectionPlane } from './planePicture.ts';
import { quantile } from './quantile.ts';
import { rayCount } from './section.ts';
import type { Section, SectionLevels } from './section.ts';

/**
 * The picture's blur from the walls themselves: how far a wall takes from three quarters to one quarter of its height,
 * mean over the clean walls of the wider sections (1.349 standard deviations of a Gaussian). undefined where no wall is
 * clean.
 */
export function blurOf(
  volume: LocalVolume,
  planes: readonly SectionPlane[],
  sections: readonly Section[],
  levels: readonly SectionLevels[],
): number | undefined {
  const stepMm = 0.1;
  const reach = 20;
  const sums = new Float64Array(2 * reach + 1);
  let walls = 0;
  const sizes = sections.map(({ radii }) => quantile([...radii], 0.5));
  const wide = quantile(sizes, 0.5);
  sections.forEach((section, i) => {
    const [plane, level] = [planes[i], levels[i]];
    if (plane === undefined || level === undefined) return;
    const { middle: at, frame } = plane;
    if ((sizes[i] ?? 0) < wide || section.outside || section.calcified.some(Boolean)) return;
    const edge = evened(section.radii);
    for (let k = 0; k < rayCount; k += 3) {
      if (section.hidden[k] === true) continue;
      const angle = (2 * Math.PI * k) / rayCount;
      const direction = [0, 1, 2].map(
        (axis) => Math.cos(angle) * (frame.u[axis] ?? 0) + Math.sin(angle) * (frame.v[axis] ?? 0),
      );
      const [a = 0, b = 0, c = 0] = direction;
      const values = Array.from({ length: 2 * reach + 1 }, (_, n) => {
        const r = (edge[k] ?? 0) + (n - reach) * stepMm;
        const value = volume.at(at[0] + r * a, at[1] + r * b, at[2] + r * c);
        return (value - level.background) / (level.lumen - level.background);
      });
      if (!values.every((value) => value > -0.5 && value < 1.4) || (values.at(-1) ?? 1) > 0.3) continue;
      values.forEach((value, n) => (sums[n] = (sums[n] ?? 0) + value));
      walls += 1;
    }
  });
  if (walls < 20) return undefined;
  const crossing = (part: number): number => {
    for (let n = 1; n < sums.length; n += 1) {
      const [before, value] = [(sums[n - 1] ?? 0) / walls, (sums[n] ?? 0) / walls];
      if (before >= part && value < part) return n - (part - value) / (before - value);
    }
    return Number.NaN;
  };
  const blurMm = ((crossing(0.25) - crossing(0.75)) * stepMm) / 1.349;
  return blurMm > 0 ? Math.min(1.5, Math.max(0.2, blurMm)) : undefined;
}
