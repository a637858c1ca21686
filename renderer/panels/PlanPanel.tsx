import { Eye, EyeOff, Lock, LockOpen, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { Button } from 'react-aria-components';
import { isEmptyPlan, type Side } from '../../src/plan/index.ts';
import {
  actionById,
  changeItem,
  deleteItem,
  flyTo,
  moveItem,
  planLines,
  readingMeaning,
  readingOf,
  dashReasonOf,
  runAction,
  useDesk,
  usePlan,
  useSession,
  type PlanLine,
} from '../actions/index.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { attachItemDrag } from './itemDrag.ts';
import { ItemDetails } from './ItemDetails.tsx';
import { KeyImages } from './KeyImages.tsx';
import { NameField } from './NameField.tsx';
import './planPanel.css';

const sideWords: Readonly<Record<NonNullable<Side>, string>> = { R: 'RIGHT', L: 'LEFT', midline: 'MIDLINE' };

/** The right side: every item of the plan with its main number, and the details of the selected one. */
export function PlanPanel() {
  const desk = useDesk();
  const plan = usePlan();
  const selection = useSession((state) => state.selection);
  const source = useSession((state) => state.planSource);
  const putAside = useSession((state) => state.putAside);
  const lines = useMemo(() => planLines(plan, desk.kinds), [plan, desk.kinds]);
  const chosen = lines.find(({ id }) => id === selection);
  const save = actionById(desk, 'plan.save');
  return (
    <aside className="side plan-panel" aria-labelledby="plan-heading">
      <div className="side-head">
        <h2 id="plan-heading">Plan</h2>
        <span className="quiet plan-state" role="status">
          {stateText(
            plan.readOnly && !isEmptyPlan(plan.plan),
            plan.unsaved && !isEmptyPlan(plan.plan),
            plan.journalled,
            source?.label ?? null,
          )}
        </span>
        {save === undefined ? null : (
          <Button
            className="button"
            isDisabled={save.when?.(desk) === false}
            onPress={() => void runAction(desk, save)}
          >
            Save
          </Button>
        )}
      </div>
      {plan.trouble === null || plan.trouble === undefined ? null : (
        <p className="trouble" role="alert">
          <TriangleAlert aria-hidden size={14} /> {plan.trouble.say} {plan.trouble.remedy ?? ''}
        </p>
      )}
      {putAside === null ? null : (
        <p className="trouble put-aside" role="alert">
          <TriangleAlert aria-hidden size={14} /> These images are of another patient than the plan
          {putAside === '' ? '' : ` "${putAside}"`}. It was put aside: nothing of it is drawn or computed on them. Open
          its own images and then the plan again to go on with it.
        </p>
      )}
      <ul className="plan-list" role="list" aria-label="Plan">
        {lines.map((line, place) => (
          <PlanItemLine
            key={line.id}
            line={line}
            place={place}
            selected={line.id === selection}
            readOnly={plan.readOnly}
          />
        ))}
      </ul>
      {lines.length === 0 ? (
        <p className="side-empty">
          Nothing is measured yet. Choose a tool above and click on the image; each item appears here with its number.
        </p>
      ) : null}
      <KeyImages />
      {chosen === undefined ? null : <ItemDetails key={chosen.id} line={chosen} />}
    </aside>
  );
}

function PlanItemLine({
  line,
  place,
  selected,
  readOnly,
}: {
  readonly line: PlanLine;
  readonly place: number;
  readonly selected: boolean;
  readonly readOnly: boolean;
}) {
  const desk = useDesk();
  const renaming = useSession((state) => state.renaming === line.id);
  const { id, item, failed, stale, colour } = line;
  const reading = readingOf(line);
  const dashReason = dashReasonOf(line);
  const meaning = readingMeaning(line);
  const row = useRef<HTMLLIElement>(null);
  useEffect(
    () =>
      row.current === null || readOnly
        ? undefined
        : attachItemDrag(row.current, id, (moved, half) =>
            moveItem(desk, moved, half === 'before' ? place : place + 1),
          ),
    [desk, id, place, readOnly],
  );
  const hidden = item.hidden === true;
  const locked = item.locked === true;
  return (
    <li
      ref={row}
      className="plan-item"
      data-item={id}
      data-selected={selected || undefined}
      data-hidden={hidden || undefined}
      aria-current={selected || undefined}
      draggable={!readOnly && !renaming}
    >
      <span className="plan-colour" style={{ background: colour }} aria-hidden />
      {renaming ? (
        <NameField
          name="Name of the item"
          label={item.label}
          kept={(label) => changeItem(desk, id, `Rename ${item.label}`, { label })}
          ended={() => desk.session.setState({ renaming: null })}
        />
      ) : (
        <Button
          className="plan-open"
          aria-describedby={meaning === '' ? undefined : `meaning-${id}`}
          onPress={() => void flyTo(desk, id)}
        >
          <span className="plan-name">{item.label || line.kind?.title || item.kind}</span>
          {item.side === null ? null : <span className="plan-side">{sideWords[item.side]}</span>}
          <span className="plan-number numbers" data-stale={stale || undefined} title={meaning || undefined}>
            {failed !== undefined && !stale ? (
              <>
                <TriangleAlert aria-hidden size={13} /> cannot
              </>
            ) : (
              (reading ?? '…')
            )}
          </span>
        </Button>
      )}
      {meaning === '' ? null : (
        <span id={`meaning-${id}`} hidden>
          {meaning}
        </span>
      )}
      {dashReason === null ? null : <span className="plan-why">{dashReason}</span>}
      <span className="plan-buttons">
        <IconButton
          small
          name={`Rename ${item.label}`}
          hint="Rename"
          keys="F2"
          disabled={readOnly}
          onPress={() => desk.session.setState({ renaming: id, selection: id })}
        >
          <Pencil aria-hidden />
        </IconButton>
        <IconButton
          small
          name={hidden ? `Show ${item.label}` : `Hide ${item.label}`}
          hint={hidden ? 'Show' : 'Hide'}
          on={hidden}
          disabled={readOnly}
          onPress={() =>
            changeItem(desk, id, hidden ? `Show ${item.label}` : `Hide ${item.label}`, { hidden: !hidden })
          }
        >
          {hidden ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </IconButton>
        <IconButton
          small
          name={locked ? `Unlock ${item.label}` : `Lock ${item.label}`}
          hint={locked ? 'Unlock' : 'Lock'}
          on={locked}
          disabled={readOnly}
          onPress={() =>
            changeItem(desk, id, locked ? `Unlock ${item.label}` : `Lock ${item.label}`, { locked: !locked })
          }
        >
          {locked ? <Lock aria-hidden /> : <LockOpen aria-hidden />}
        </IconButton>
        <IconButton
          small
          name={`Delete ${item.label}`}
          hint="Delete"
          keys="Del"
          disabled={readOnly || locked}
          onPress={() => deleteItem(desk, id)}
        >
          <Trash2 aria-hidden />
        </IconButton>
      </span>
    </li>
  );
}

function stateText(readOnly: boolean, unsaved: boolean, journalled: boolean, source: string | null): string {
  if (readOnly) return 'read-only: open in another window';
  if (!journalled) return 'writing…';
  if (unsaved) return 'kept, not saved to a file yet';
  return source ?? '';
}
