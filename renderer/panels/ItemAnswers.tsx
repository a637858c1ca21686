import { useState } from 'react';
import type { Answers } from '../../src/measurements/index.ts';
import { itemsInOrder, type PlanItem } from '../../src/plan/index.ts';
import { useDesk, usePlan, type PlanLine } from '../actions/index.ts';
import { FormFields } from '../ui/FormFields.tsx';

/** What was asked when the item was placed, open to change. */
export function ItemAnswers({ line: { id, item, kind } }: { readonly line: PlanLine }) {
  const desk = useDesk();
  const { plan, readOnly } = usePlan();
  const [draft, setDraft] = useState<Answers | null>(null);
  const [fault, setFault] = useState('');
  const form = kind?.form;
  if (kind === undefined || form === undefined) return null;
  let present: PlanItem;
  let answers: Answers;
  try {
    present = kind.parse(item);
    answers = form.answersOf(present);
  } catch {
    return null;
  }
  const keep = (next: Answers): void => {
    try {
      const changed = form.change(present, next);
      if (JSON.stringify(form.answersOf(changed)) !== JSON.stringify(answers))
        desk.plan.edit(`Change ${item.label}`, (gesture) => gesture.put(id, changed));
      setDraft(null);
      setFault('');
    } catch (thrown) {
      setFault(thrown instanceof Error ? thrown.message.replace(/^\w+: /, '') : String(thrown));
    }
  };
  const others = itemsInOrder(plan).flatMap(([other, { kind: name, label }]) =>
    other === id ? [] : [{ id: other, kind: name, label }],
  );
  const fields = form.fields(draft ?? answers, others);
  return (
    <div className="item-answers" role="group" aria-label={form.title}>
      <FormFields
        fields={fields}
        disabled={readOnly || item.locked === true}
        onAnswer={(next) => {
          if (form.afterwards === true) return keep(next);
          setDraft(next);
          setFault('');
        }}
        onDone={() => {
          if (draft !== null) keep(draft);
        }}
      />
      {fault === '' ? null : (
        <p className="form-fault" role="alert">
          {fault}
        </p>
      )}
      {draft === null ? null : (
        <button type="button" className="button" onClick={() => keep(draft)}>
          Keep
        </button>
      )}
    </div>
  );
}
