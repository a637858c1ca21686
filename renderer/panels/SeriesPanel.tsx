import { ChevronDown, ChevronRight, FileWarning, FolderOpen, Files } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { Button, Header, ListBox, ListBoxItem, ListBoxSection, useDragAndDrop } from 'react-aria-components';
import { actionById, cancelScan, runAction, showSeries, useDesk, useSession } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey, studyList, type ListedStudy } from '../state/index.ts';
import { Progress } from '../ui/Progress.tsx';
import { counted, dateText, nameText, timeText } from '../ui/text.ts';
import { focusPicture } from './focusPicture.ts';
import { SeriesItem } from './SeriesLine.tsx';
import { openByDigit } from './openInView.ts';
import { SkippedFiles } from './SkippedFiles.tsx';
import './seriesPanel.css';

/** The left side: what was opened, study by study. */
export function SeriesPanel() {
  const desk = useDesk();
  // Drawn in slices of time: a long list must not hold up the picture while a folder is being read.
  const series = useDeferredValue(useSession((state) => state.series));
  const scans = useSession((state) => state.scans);
  const shown = useSession((state) => state.shown);
  const namesHidden = useSession((state) => state.namesHidden);
  const studies = useMemo(() => studyList(series), [series]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const toggle = (study: string): void =>
    setUnfolded((now) => new Set(now.has(study) ? [...now].filter((one) => one !== study) : [...now, study]));
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].flatMap((key) => (String(key).startsWith('other ') ? [] : [{ 'text/plain': String(key) }])),
  });
  const onScreen = new Set(Object.values(shown));
  const open = (key: string): void => {
    const one = seriesByKey(desk.session.getState(), key);
    if (one === null) return;
    showSeries(desk, one, { view: desk.session.getState().active ?? 'Stack' }).then(focusPicture, (thrown: unknown) =>
      say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }),
    );
  };
  const run = (id: string) => () => {
    const action = actionById(desk, id);
    if (action !== undefined) void runAction(desk, action);
  };
  return (
    <aside
      className="side series-panel"
      aria-labelledby="series-heading"
      onPointerDownCapture={keepPlace}
      onKeyDownCapture={(event) => openByDigit(desk, event)}
    >
      <div className="side-head">
        <h2 id="series-heading">Images</h2>
        <Button className="button" onPress={run('open.folder')}>
          <FolderOpen aria-hidden size={15} /> Folder
        </Button>
        <Button className="button" onPress={run('open.files')}>
          <Files aria-hidden size={15} /> Files
        </Button>
      </div>
      {scans
        .filter(({ running }) => running)
        .map((scan) => (
          <div key={scan.id} className="scan-line">
            <Progress
              title={`Reading ${scan.label}: ${counted(scan.filesRead, 'file', 'files')}, ${counted(scan.seriesFound, 'series', 'series')}`}
              fraction={null}
              onCancel={() => cancelScan(scan.id)}
            />
          </div>
        ))}
      <ListBox
        className="series-list"
        aria-label="Series"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection={false}
        dragAndDropHooks={dragAndDropHooks}
        onAction={(key) => open(String(key))}
        renderEmptyState={() => (
          <p className="side-empty">Nothing is open. Drop a folder or files anywhere on this window.</p>
        )}
        items={studies}
        dependencies={[shown, namesHidden, unfolded]}
      >
        {(study) => (
          <ListBoxSection id={study.id}>
            <Header className="study-head">
              <span className="study-name">{namesHidden ? 'Name hidden' : nameText(study.first.patient.name)}</span>
              <span className="quiet numbers">
                {[dateText(study.first.study.date), timeText(study.first.study.time), study.first.study.description]
                  .filter(Boolean)
                  .join(' ')}
              </span>
            </Header>
            {study.scans.map((line) => (
              <SeriesItem key={line.series.key} line={line} shown={onScreen.has(line.series.key)} />
            ))}
            {study.others.length === 0 ? null : (
              <OtherLine
                id={otherKey(study)}
                count={study.others.length}
                open={unfolded.has(study.id)}
                onToggle={() => toggle(study.id)}
              />
            )}
            {unfolded.has(study.id)
              ? study.others.map((line) => (
                  <SeriesItem key={line.series.key} line={line} shown={onScreen.has(line.series.key)} />
                ))
              : null}
          </ListBoxSection>
        )}
      </ListBox>
      <SkippedFiles icon={<FileWarning aria-hidden size={14} />} />
    </aside>
  );
}

/** Scouts, dose sheets and saved reformats of a study, folded away: one line that opens them. */
function OtherLine({
  id,
  count,
  open,
  onToggle,
}: {
  readonly id: string;
  readonly count: number;
  readonly open: boolean;
  onToggle(): void;
}) {
  const title = `Other: ${counted(count, 'series', 'series')}`;
  return (
    <ListBoxItem
      id={id}
      className="series-other"
      textValue={title}
      aria-label={`${title}, ${open ? 'shown' : 'folded'}`}
      onPress={onToggle}
    >
      {open ? <ChevronDown aria-hidden size={14} /> : <ChevronRight aria-hidden size={14} />} {title}
    </ListBoxItem>
  );
}

/** No series key: those are DICOM UIDs. */
function otherKey({ id }: ListedStudy): string {
  return `other ${id}`;
}

/** The list goes back to the last place it was told of when it gets the focus: a press just after a scroll must find it where it is. */
function keepPlace({ currentTarget }: { readonly currentTarget: HTMLElement }): void {
  currentTarget.querySelector('.series-list')?.dispatchEvent(new Event('scroll'));
}
