import { useStore } from 'zustand';
import { useDesk, usePlan, useSession, useToolState } from '../actions/index.ts';
import { Progress } from '../ui/Progress.tsx';
import { caution } from '../../src/export/index.ts';
import { pointText } from '../ui/text.ts';

/** The bottom: what the mouse points at, the tool's next step, long work, and what this program is not. */
export function Footer() {
  const desk = useDesk();
  const pointer = useStore(desk.pointer);
  const tool = useToolState();
  const plan = usePlan();
  const works = useSession((state) => state.works);
  const step =
    tool.state === 'placing'
      ? tool.asks
      : tool.state === 'asking'
        ? 'Answer the form: Enter keeps the item, Escape leaves nothing'
        : tool.state === 'dragging'
          ? 'Let go to keep, Escape to leave it as it was'
          : '';
  return (
    <footer className="footer">
      <span className="footer-point numbers" role="group" aria-label="Under the pointer">
        {pointer === null ? '' : pointText(pointer.point)}
        {pointer === null || pointer.value === null ? null : <strong className="footer-value">{pointer.value}</strong>}
      </span>
      <span className="footer-step" role="status">
        {step}
      </span>
      <span className="footer-work">
        {works.map((work) => (
          <Progress key={work.id} title={work.title} fraction={work.fraction} onCancel={work.cancel ?? undefined} />
        ))}
        {works.length === 0 && typeof plan.progress === 'number' && plan.progress < 1 ? (
          <Progress
            title="Computing"
            fraction={plan.progress}
            // What is computed was changed last: taking that back ends it.
            onCancel={plan.canUndo === null ? undefined : () => desk.plan.undo()}
          />
        ) : null}
      </span>
      <small className="footer-device">{caution}</small>
    </footer>
  );
}
