import { useState } from 'react';
import { Button } from 'react-aria-components';
import { makeRatio, planNumbers, useDesk, usePlan, useSession, type PlanNumber } from '../actions/index.ts';
import { markedText } from '../ui/quantityText.ts';
import { DialogFrame } from './DialogFrame.tsx';
import './dialogs.css';

/** Two numbers of the plan, one divided by the other. */
export function RatioDialog() {
  return (
    <DialogFrame name="ratio" title="Ratio of two numbers">
      <Choice />
    </DialogFrame>
  );
}

function Choice() {
  const desk = useDesk();
  usePlan();
  const selection = useSession((state) => state.selection);
  const all = planNumbers(desk);
  const [above, setAbove] = useState(() => all.find(({ item }) => item === selection)?.id ?? all[0]?.id ?? '');
  const [below, setBelow] = useState('');
  const numerator = all.find(({ id }) => id === above);
  const others = all.filter(
    ({ id, row }) => id !== above && numerator !== undefined && row.quantity.unit === numerator.row.quantity.unit,
  );
  const denominator = others.find(({ id }) => id === below) ?? others[0];
  const add = (): void => {
    if (numerator !== undefined && denominator !== undefined) makeRatio(desk, numerator, denominator);
  };
  return (
    <>
      <div className="ratio-form form-fields">
        <NumberList label="Divide" numbers={all} chosen={numerator} onChoose={setAbove} onEnter={add} />
        <NumberList label="by" numbers={others} chosen={denominator} onChoose={setBelow} onEnter={add} />
        {others.length === 0 ? <p className="quiet">The plan has no other number in the same unit.</p> : null}
        <Button className="button" isDisabled={numerator === undefined || denominator === undefined} onPress={add}>
          Add to the plan
        </Button>
      </div>
    </>
  );
}

function NumberList({
  label,
  numbers,
  chosen,
  onChoose,
  onEnter,
}: {
  readonly label: string;
  readonly numbers: readonly PlanNumber[];
  readonly chosen: PlanNumber | undefined;
  readonly onChoose: (id: string) => void;
  readonly onEnter: () => void;
}) {
  return (
    <label className="form-field">
      <span className="quiet">{label}</span>
      <select
        aria-label={label}
        className="text-input"
        value={chosen?.id ?? ''}
        onChange={(event) => onChoose(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter();
        }}
      >
        {numbers.map(({ id, label: name, row }) => (
          <option key={id} value={id}>
            {`${name}: ${row.label}, ${markedText(row.quantity)}`}
          </option>
        ))}
      </select>
    </label>
  );
}
