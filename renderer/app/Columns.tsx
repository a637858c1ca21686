import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Group, Panel, Separator, type LayoutChangedMeta, type PanelImperativeHandle } from 'react-resizable-panels';
import { useDesk, useSettings } from '../actions/index.ts';

/** As wide as their text needs: it grows with the window (tokens.css), and so do they until someone moves an edge. */
const usual = { left: '19em', right: '21em' };
const typeGrowsAt = ['(min-width: 1800px)', '(min-width: 2400px)'];

/** List, pictures, plan, side by side. The edges are dragged or moved with arrow keys; the widths are found again after a restart. */
export function Columns({
  left,
  middle,
  right,
}: {
  readonly left: ReactNode;
  readonly middle: ReactNode;
  readonly right: ReactNode;
}) {
  const { settings } = useDesk();
  // Where it begins: later changes come from the edges themselves.
  const kept = useSettings((state) => state.panels);
  const [start] = useState(kept);
  const list = useRef<PanelImperativeHandle>(null);
  const plan = useRef<PanelImperativeHandle>(null);
  useEffect(() => {
    const ending = new AbortController();
    const asUsual = (): void => {
      const { panels } = settings.getState();
      if (panels.left === null) list.current?.resize(usual.left);
      if (panels.right === null) plan.current?.resize(usual.right);
    };
    for (const type of typeGrowsAt) matchMedia(type).addEventListener('change', asUsual, { signal: ending.signal });
    return () => ending.abort();
  }, [settings]);
  const keep = (_layout: unknown, { isUserInteraction }: LayoutChangedMeta): void => {
    // By keys it is told before the widths are on screen.
    if (isUserInteraction) requestAnimationFrame(measure);
  };
  const measure = (): void => {
    if (list.current === null || plan.current === null) return;
    const widths = {
      left: Math.round(list.current.getSize().inPixels),
      right: Math.round(plan.current.getSize().inPixels),
    };
    const { panels } = settings.getState();
    if (widths.left !== panels.left || widths.right !== panels.right) settings.change({ panels: widths });
  };
  return (
    <Group className="middle" orientation="horizontal" onLayoutChanged={keep}>
      <Panel
        panelRef={list}
        defaultSize={start.left ?? usual.left}
        minSize="15em"
        maxSize="36%"
        groupResizeBehavior="preserve-pixel-size"
      >
        {left}
      </Panel>
      <Separator className="column-edge" aria-label="Width of the image list" />
      <Panel minSize="30%">{middle}</Panel>
      <Separator className="column-edge" aria-label="Width of the plan" />
      <Panel
        panelRef={plan}
        defaultSize={start.right ?? usual.right}
        minSize="18em"
        maxSize="40%"
        groupResizeBehavior="preserve-pixel-size"
      >
        {right}
      </Panel>
    </Group>
  );
}
