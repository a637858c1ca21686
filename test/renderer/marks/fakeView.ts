import type { Vec2, Vec3 } from '../../../src/geometry/index.ts';
import { dot } from '../../../src/geometry/index.ts';
import type { Shape } from '../../../src/geometry/index.ts';
import type { Space } from '../../../src/plan/index.ts';
import type { View, ViewKind, ViewMap, ViewName } from '../../../renderer/cornerstone/types.ts';

export interface FakeView extends View {
  /** Where the view's own navigation heard a press of the left, middle, right button, or the wheel. */
  readonly heard: string[];
  readonly shown: { readonly id: string; readonly shapes: readonly Shape[]; readonly colour: string }[][];
  setMap(map: ViewMap): void;
}

/** A view without a picture: an element and an affine map. It hears the mouse as a viewport does. */
export function fakeView(name: ViewName, kind: ViewKind, map: ViewMap, at: Vec2, side = 400): FakeView {
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'absolute', left: `${at[0]}px`, top: `${at[1]}px`, width: `${side}px`, height: `${side}px`, background: '#333' }); // prettier-ignore
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', name);
  document.body.append(element);
  const heard: string[] = [];
  const shown: FakeView['shown'] = [];
  const listeners = new Set<() => void>();
  let current = map;
  for (const type of ['pointerdown', 'mousedown'] as const)
    element.addEventListener(type, (event) => heard.push(`${type} ${event.button}`));
  element.addEventListener('wheel', () => heard.push('wheel'));
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    name,
    kind,
    element,
    loaded: null,
    heard,
    shown,
    state() {
      throw new Error('the tool does not ask for it');
    },
    map: () => current,
    setMap(next) {
      current = next;
      for (const listener of listeners) listener();
    },
    go: nothing,
    scroll() {},
    setWindow() {},
    invert() {},
    fit() {},
    reset() {},
    zoomBy() {},
    panBy() {},
    play() {},
    changePace() {},
    showShapes: (shapes) => void shown.push([...shapes]),
    onDrawn(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    valueAt: () => null,
    resize() {},
    destroy: () => element.remove(),
  };
}

/** A plane through `through`, `pxPerMm` CSS px a mm, with `through` in the middle of an element of 400 px. */
export function planeMap(
  on: Space & { in: 'patient' },
  through: Vec3,
  right: Vec3,
  down: Vec3,
  normal: Vec3,
  pxPerMm: number,
  projection = false,
): ViewMap {
  const row = (axis: Vec3): readonly [number, number, number, number] => [
    axis[0] * pxPerMm,
    axis[1] * pxPerMm,
    axis[2] * pxPerMm,
    200 - dot(axis, through) * pxPerMm,
  ];
  return {
    in: 'patient',
    on,
    toCanvas: [...row(right), ...row(down)],
    plane: { through, right, down, normal },
    toPoint([x, y]) {
      const [a, b] = [(x - 200) / pxPerMm, (y - 200) / pxPerMm];
      return [
        through[0] + right[0] * a + down[0] * b,
        through[1] + right[1] * a + down[1] * b,
        through[2] + right[2] * a + down[2] * b,
      ];
    },
    halfThicknessMm: 0.5,
    millimetresPerPixel: 1 / pxPerMm,
    projection,
  };
}
