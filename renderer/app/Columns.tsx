import { useRef, useState, type ReactNode } from 'react';
import { Group, Panel, Separator, type LayoutChangedMeta, type PanelImperativeHandle } from 'react-resizable-panels';
import { useDesk, useSettings } from '../actions/index.ts';

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
        defaultSize={start.left ?? '19%'}
        minSize="190px"
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
        defaultSize={start.right ?? '21%'}
        minSize="220px"
        maxSize="40%"
        groupResizeBehavior="preserve-pixel-size"
      >
        {right}
      </Panel>
    </Group>
  );
}
