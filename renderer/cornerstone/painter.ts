import { Enums } from '@cornerstonejs/core';

/** Counts pictures of one viewport, tells who waits for one, and knows whether the picture on screen is of the present state. */
export class Painter {
  painted = 0;
  private wanted = 0;
  private shown = 0;
  private waiting: { state: number; resolve: () => void }[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly element: HTMLDivElement;
  private readonly draw: () => void;

  constructor(element: HTMLDivElement, draw: () => void) {
    this.element = element;
    this.draw = draw;
    element.addEventListener(Enums.Events.IMAGE_RENDERED, this.onRendered);
  }

  /** Asks for a picture; several calls before the next animation frame make one. */
  request(): void {
    this.wanted += 1;
    this.draw();
  }

  /** The state has changed but cannot be drawn yet (the slice has not come). */
  expect(): void {
    this.wanted += 1;
  }

  /** Resolves once a picture of the present state is on screen; at once where the element has no size and nothing is ever drawn. */
  whenPainted(): Promise<void> {
    if (this.clean || this.element.clientWidth === 0 || this.element.clientHeight === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ state: this.wanted, resolve }));
  }

  get clean(): boolean {
    return this.shown === this.wanted && this.painted > 0;
  }

  onDrawn(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The camera moved: overlays follow at once, before the picture. */
  moved(): void {
    for (const listener of this.listeners) listener();
  }

  destroy(): void {
    this.element.removeEventListener(Enums.Events.IMAGE_RENDERED, this.onRendered);
    for (const { resolve } of this.waiting.splice(0)) resolve();
    this.listeners.clear();
  }

  private readonly onRendered = (): void => {
    this.painted += 1;
    this.shown = this.wanted;
    const done = this.waiting.filter(({ state }) => state <= this.shown);
    this.waiting = this.waiting.filter(({ state }) => state > this.shown);
    for (const { resolve } of done) resolve();
    this.moved();
  };
}
