import { ChevronDown, ChevronRight } from 'lucide-react';
import {
  memo,
  useCallback,
  useEffect,
  useRef,
  useState,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { ListedSeries, ListedStudy } from '../state/index.ts';
import { counted, dateText, nameText, timeText } from '../ui/text.ts';
import { SeriesLine, sameLine, seriesName } from './SeriesLine.tsx';
import { nextOption, optionsOf, useTypeahead } from './listKeys.ts';
import { isRun } from './thumbnails.ts';

interface SeriesListBoxProps {
  readonly studies: readonly ListedStudy[];
  /** Keys of the series on screen. */
  readonly onScreen: ReadonlySet<string>;
  readonly namesHidden: boolean;
  onOpen(key: string): void;
}

/**
 * The list of images: one stop of the Tab key, arrow keys within, Enter or a double click opens, dragging takes a series
 * to a view. Every series is in the page, and a change of the list draws only the lines that are new or changed:
 * thousands of files may still be coming.
 */
export function SeriesListBox({ studies, onScreen, namesHidden, onOpen }: SeriesListBoxProps) {
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<string | null>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (study: string): void =>
      setUnfolded((now) => new Set(now.has(study) ? [...now].filter((one) => one !== study) : [...now, study])),
    [],
  );
  const typed = useTypeahead();
  const shownNow = [...onScreen].join('\n');
  useEffect(() => {
    // What came on screen by other ways than this list is found in it at once.
    if (list.current?.contains(document.activeElement) === true) return;
    list.current?.querySelector('.series-item[data-shown]')?.scrollIntoView({ block: 'nearest' });
  }, [shownNow]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (list.current === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const options = optionsOf(list.current);
    const here = options.findIndex((option) => option === document.activeElement);
    const key = options[here]?.dataset['key'];
    if (event.key === 'Enter' && key !== undefined) {
      event.preventDefault();
      onOpen(key);
      return;
    }
    const to = nextOption(options, here, event.key) ?? typed(options, here, event.key);
    if (to === undefined) return;
    event.preventDefault();
    to.focus();
  };
  const first = studies[0]?.scans[0]?.series.key ?? null;
  const known = at !== null && studies.some((study) => holds(study, at, unfolded.has(study.id)));
  const stop = known ? at : first;
  const option = (line: ListedSeries): ReactNode => {
    const { key } = line.series;
    return (
      <SeriesOption
        key={key}
        line={line}
        shown={onScreen.has(key)}
        stop={stop === key}
        selected={at === key}
        onOpen={onOpen}
      />
    );
  };
  return (
    <div
      ref={list}
      className="series-list"
      role="listbox"
      aria-label="Series"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => setAt(target.dataset['key'] ?? otherKey(target.dataset['study'] ?? ''))}
    >
      {studies.map((study) => (
        <section key={study.id} role="group" aria-label={headText(study, namesHidden)}>
          <header className="study-head" aria-hidden>
            <span className="study-name">
              {namesHidden ? 'Name hidden' : nameText(study.first.patient.name)}
              {namesHidden || study.first.patient.id === '' ? null : (
                <span className="quiet numbers"> {study.first.patient.id}</span>
              )}
            </span>
            <span className="quiet numbers">{studyText(study)}</span>
          </header>
          {study.scans.map(option)}
          {study.others.length === 0 ? null : (
            <OtherOption
              study={study.id}
              count={study.others.length}
              open={unfolded.has(study.id)}
              stop={stop === otherKey(study.id)}
              onToggle={toggle}
            />
          )}
          {unfolded.has(study.id) ? study.others.map(option) : null}
        </section>
      ))}
    </div>
  );
}

interface SeriesOptionProps {
  readonly line: ListedSeries;
  readonly shown: boolean;
  /** Where Tab comes into the list. */
  readonly stop: boolean;
  readonly selected: boolean;
  onOpen(key: string): void;
}

/** One series; runs are tiles that play under the mouse. */
const SeriesOption = memo(
  function SeriesOption({ line, shown, stop, selected, onOpen }: SeriesOptionProps): ReactNode {
    const { series } = line;
    const [over, setOver] = useState(false);
    const [dragged, setDragged] = useState(false);
    const onDragStart = (event: DragEvent): void => {
      event.dataTransfer.setData('text/plain', series.key);
      event.dataTransfer.effectAllowed = 'copy';
      setDragged(true);
    };
    return (
      <div
        role="option"
        className="series-item"
        tabIndex={stop ? 0 : -1}
        aria-selected={selected}
        data-key={series.key}
        data-text={seriesName(series)}
        data-shown={shown || undefined}
        data-part={line.parts !== null || undefined}
        data-run={isRun(series) || undefined}
        data-dragging={dragged || undefined}
        draggable
        onDragStart={onDragStart}
        onDragEnd={() => setDragged(false)}
        onDoubleClick={() => onOpen(series.key)}
        onPointerUp={({ pointerType }) => {
          if (pointerType === 'touch') onOpen(series.key);
        }}
        onPointerEnter={isRun(series) ? () => setOver(true) : undefined}
        onPointerLeave={isRun(series) ? () => setOver(false) : undefined}
      >
        <SeriesLine line={line} shown={shown} playing={over} />
      </div>
    );
  },
  (a, b) =>
    a.shown === b.shown &&
    a.stop === b.stop &&
    a.selected === b.selected &&
    a.onOpen === b.onOpen &&
    sameLine(a.line, b.line),
);

/** Scouts, dose sheets and saved reformats of a study, folded away: one line that opens them. */
function OtherOption({
  study,
  count,
  open,
  stop,
  onToggle,
}: {
  readonly study: string;
  readonly count: number;
  readonly open: boolean;
  readonly stop: boolean;
  onToggle(study: string): void;
}) {
  const title = `Other: ${counted(count, 'series', 'series')}`;
  return (
    <div
      role="option"
      aria-selected={false}
      aria-label={`${title}, ${open ? 'shown' : 'folded'}`}
      className="series-other"
      tabIndex={stop ? 0 : -1}
      data-study={study}
      data-text={title}
      onClick={() => onToggle(study)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onToggle(study);
      }}
    >
      {open ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />} {title}
    </div>
  );
}

function holds({ id, scans, others }: ListedStudy, key: string, open: boolean): boolean {
  return (
    key === otherKey(id) ||
    scans.some(({ series }) => series.key === key) ||
    (open && others.some(({ series }) => series.key === key))
  );
}

/** No series key: those are DICOM UIDs. */
function otherKey(study: string): string {
  return `other ${study}`;
}

function headText(study: ListedStudy, namesHidden: boolean): string {
  return [namesHidden ? 'Name hidden' : nameText(study.first.patient.name), studyText(study)].join(', ');
}

function studyText({ first: { study } }: ListedStudy): string {
  return [dateText(study.date), timeText(study.time), study.description].filter(Boolean).join(' ');
}
