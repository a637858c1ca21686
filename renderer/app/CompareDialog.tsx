import { ListBox, ListBoxItem } from 'react-aria-components';
import { compareWith, comparisonChoices, useDesk, useSession } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { daysBetween, say } from '../state/index.ts';
import { counted, dateText } from '../ui/text.ts';
import { DialogFrame } from './DialogFrame.tsx';

/** The other date, where the files do not leave only one choice. */
export function CompareDialog() {
  const desk = useDesk();
  const open = useSession((state) => state.dialog === 'compare');
  const choices = open ? comparisonChoices(desk) : null;
  if (choices === null) return null;
  const { of, others } = choices;
  const choose = (key: string): void => {
    const other = others.find((one) => one.key === key);
    if (other === undefined) return;
    compareWith(desk, other).catch((thrown: unknown) => say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }));
  };
  return (
    <DialogFrame name="compare" title={`Compare ${dateText(of.study.date)} ${of.modality} ${of.description} with`}>
      <ListBox
        className="palette-list"
        aria-label="Series of other dates"
        selectionMode="none"
        autoFocus="first"
        items={others.map((one) => ({ id: one.key, one }))}
        onAction={(key) => choose(String(key))}
      >
        {({ one }) => (
          <ListBoxItem className="menu-item" textValue={`${dateText(one.study.date)} ${one.description}`}>
            <span className="numbers">{dateText(one.study.date)}</span>
            <span className="title">
              {one.modality} {one.description} {one.part ?? ''}
            </span>
            <span className="quiet numbers">
              {counted(one.frames.length, 'image', 'images')}, {apart(one.study.date, of.study.date)}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </DialogFrame>
  );
}

function apart(date: string, of: string): string {
  const days = daysBetween(date, of);
  if (days === null || days === 0) return days === null ? 'date unknown' : 'same day';
  return `${counted(Math.abs(days), 'day', 'days')} ${days > 0 ? 'before' : 'after'}`;
}
