import { useLayoutEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Vec2 } from '../../src/geometry/index.ts';
import type { Answers } from '../../src/measurements/index.ts';
import { useDesk, useToolState } from '../actions/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View } from '../cornerstone/types.ts';
import type { Asking } from '../marks/types.ts';
import { FormFields } from '../ui/FormFields.tsx';
import { placeBeside } from './besidePoints.ts';
import './itemForm.css';

/** Kept free below the form for a line that says what is wrong: it must not move under the hand, nor over the points. */
const faultPx = 40;

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
  const box = useRef<HTMLFormElement>(null);
  const [size, setSize] = useState<Vec2 | null>(null);
  useLayoutEffect(() => {
    if (box.current !== null) setSize([box.current.offsetWidth, box.current.offsetHeight + faultPx]);
  }, []);
  const { form } = asking.kind;
  if (form === undefined) return null;
  /** Hands on the keyboard go on in the picture. */
  const back = (): void => view.element.closest('section')?.focus();
  const done = (): void => {
    const why = tool.answer(filled) ?? '';
    setFault(why);
    if (why === '') back();
  };
  const fields = form.fields(answers);
  const filled: Answers = { ...answers, ...Object.fromEntries(fields.map(({ name, value }) => [name, value])) };
  return (
    <form
      ref={box}
      className="item-form"
      data-control
      aria-label={form.title}
      style={placeOf(view, asking, size)}
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        tool.escape();
        back();
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
        <Button
          className="button"
          onPress={() => {
            tool.escape();
            back();
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Beside all its points, inside the picture. */
function placeOf(view: View, { points }: Asking, size: Vec2 | null): { left: number; top: number } {
  const map = view.map();
  const { clientWidth, clientHeight } = view.element;
  const shown = map === undefined ? [] : points.map((point) => placeOnCanvas(map, point)).filter((at) => at !== null);
  const [left, top] = placeBeside(shown, size ?? [0, 0], [clientWidth, clientHeight]);
  return { left, top };
}
