import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Answers } from '../../src/measurements/index.ts';
import { useDesk, useToolState } from '../actions/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View } from '../cornerstone/types.ts';
import type { Asking } from '../marks/types.ts';
import { FormFields } from '../ui/FormFields.tsx';
import './itemForm.css';

const sizePx = { width: 250, height: 250 };
const gapPx = 18;

/** The small form beside an item whose points are set: Enter keeps it, Escape leaves nothing. */
export function ItemForm({ view }: { readonly view: View }) {
  const { tool, session } = useDesk();
  const state = useToolState();
  const asking = state.state === 'asking' ? tool.asking() : undefined;
  if (asking === undefined || session.getState().active !== view.name) return null;
  return <Questions key={asking.kind.name} view={view} asking={asking} />;
}

function Questions({ view, asking }: { readonly view: View; readonly asking: Asking }) {
  const { tool } = useDesk();
  const [answers, setAnswers] = useState<Answers>({});
  const [fault, setFault] = useState('');
  const { form } = asking.kind;
  if (form === undefined) return null;
  const done = (): void => setFault(tool.answer(filled) ?? '');
  const fields = form.fields(answers);
  const filled: Answers = { ...answers, ...Object.fromEntries(fields.map(({ name, value }) => [name, value])) };
  return (
    <form
      className="item-form"
      data-control
      aria-label={form.title}
      style={placeOf(view, asking)}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        tool.escape();
        view.element.closest('section')?.focus();
      }}
    >
      <FormFields
        fields={fields}
        focus
        onAnswer={(next) => {
          setAnswers(next);
          setFault('');
        }}
      />
      {fault === '' ? null : (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
      <div className="item-form-buttons">
        <Button className="button" type="submit">
          Keep
        </Button>
        <Button className="button" onPress={() => tool.escape()}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Beside the last point, inside the picture. */
function placeOf(view: View, { points }: Asking): { left: number; top: number } {
  const map = view.map();
  const last = points.at(-1);
  const { clientWidth, clientHeight } = view.element;
  if (map === undefined || last === undefined) return { left: gapPx, top: gapPx };
  const [left, top] = placeOnCanvas(map, last) ?? [0, 0];
  const right = left + gapPx + sizePx.width <= clientWidth;
  return {
    left: Math.max(4, right ? left + gapPx : left - gapPx - sizePx.width),
    top: Math.max(4, Math.min(top + gapPx, clientHeight - sizePx.height)),
  };
}
