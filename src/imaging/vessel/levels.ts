import { quantile } from './quantile.ts';
import { sectionStepMm } from './course.ts';
import type { Section, SectionLevels } from './section.ts';

/**
 * Blood's level from the wider half of the sections within 20 mm; the surroundings' from those within 3 mm. What blur
 * takes from the middle of a thin lumen (its mean diameter in `meansMm`) is given back.
 */
export function levelsAlong(
  sections: readonly Section[],
  meansMm: readonly number[],
  start: SectionLevels,
  threshold?: number,
): readonly SectionLevels[] {
  const reach = Math.round(20 / sectionStepMm);
  const near = Math.round(3 / sectionStepMm);
  return sections.map((_, i) => {
    const around = sections
      .slice(Math.max(0, i - near), i + near + 1)
      .map((section) => section.around)
      .filter((value) => !Number.isNaN(value));
    const background = around.length > 0 ? quantile(around, 0.5) : start.background;
    const [from, to] = [Math.max(0, i - reach), Math.min(sections.length, i + reach + 1)];
    const middling = quantile(meansMm.slice(from, to), 0.5);
    const peaks = sections.slice(from, to).flatMap(({ centre }, n) => {
      const mean = meansMm[from + n] ?? 0;
      if (mean < middling || Number.isNaN(centre)) return [];
      const filled = 1 - Math.exp(-(mean ** 2) / (8 * start.blurMm ** 2));
      return [background + (centre - background) / Math.max(0.3, filled)];
    });
    const lumen = quantile(peaks, 0.5);
    const bright = Number.isNaN(lumen) || lumen <= background ? start.lumen : lumen;
    return {
      lumen: bright,
      // A level set by hand stands for the half level: the surroundings are placed so that it is.
      background: threshold === undefined ? background : 2 * threshold - bright,
      blurMm: start.blurMm,
    };
  });
}
