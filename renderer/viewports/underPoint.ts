import { isLps, type Vec2 } from '../../src/geometry/index.ts';
import { fixedText } from '../../src/quantity/index.ts';
import type { Desk } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { pointText } from '../ui/text.ts';

/**
 * Tells the footer what lies under a place of a view.
 *
 * @param at  CSS px in the view's element
 * @returns the same in words, "L 34.0 P 12.5 H 105.0 mm, 43 HU"; '' where there is nothing
 */
export function tellPoint({ views, pointer }: Desk, name: ViewName, at: Vec2): string {
  const view = views.get(name);
  if (view === undefined) return '';
  const found = view.valueAt(at);
  if (found !== null) {
    const value = typeof found.value === 'number' ? valueText(found.value) : found.value.map(valueText).join(' ');
    const text = found.unit === '1' ? value : `${value} ${found.unit}`;
    pointer.setState({ point: found.point, value: text }, true);
    return `${pointText(found.point)}, ${text}`;
  }
  const map = view.map();
  const point = map === undefined || (map.in === 'patient' && map.projection) ? null : map.toPoint(at);
  const known = point !== null && isLps(point);
  pointer.setState(known ? { point, value: null } : null, true);
  return known ? pointText(point) : '';
}

function valueText(value: number): string {
  return Number.isInteger(value) ? String(value) : fixedText(value, Math.abs(value) < 10 ? 2 : 1);
}
