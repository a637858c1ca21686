import { FileWarning, FolderOpen, TriangleAlert, Files } from 'lucide-react';
import { memo, useDeferredValue, useMemo } from 'react';
import { Button, Header, ListBox, ListBoxItem, ListBoxSection, useDragAndDrop } from 'react-aria-components';
import type { Series } from '../../src/dicom/index.ts';
import { actionById, cancelScan, partsOf, runAction, showSeries, useDesk, useSession } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey } from '../state/index.ts';
import { grouped } from '../ui/grouped.ts';
import { Progress } from '../ui/Progress.tsx';
import { seriesWarnings } from '../ui/seriesWarnings.ts';
import { counted, dateText, nameText, patientKey } from '../ui/text.ts';
import { focusPicture } from './focusPicture.ts';
import { SkippedFiles } from './SkippedFiles.tsx';
import { useThumbnail } from './thumbnails.ts';
import './seriesPanel.css';

/** The left side: what was opened, study by study. */
export function SeriesPanel() {
  const desk = useDesk();
  // Drawn in slices of time: a long list must not hold up the picture while a folder is being read.
  const series = useDeferredValue(useSession((state) => state.series));
  const scans = useSession((state) => state.scans);
  const shown = useSession((state) => state.shown);
  const namesHidden = useSession((state) => state.namesHidden);
  const studies = useMemo(() => byStudy(series), [series]);
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
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
    <aside className="side series-panel" aria-labelledby="series-heading" onPointerDownCapture={keepPlace}>
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
        dependencies={[shown, namesHidden]}
      >
        {(study) => (
          <ListBoxSection id={study.id}>
            <Header className="study-head">
              <span className="study-name">{namesHidden ? 'Name hidden' : nameText(study.first.patient.name)}</span>
              <span className="quiet numbers">
                {dateText(study.first.study.date)} {study.first.study.description}
              </span>
            </Header>
            {study.series.map((one, at) => (
              <ListBoxItem
                key={one.key}
                id={one.key}
                className="series-item"
                textValue={one.part === null ? nameOf(one) : `${nameOf(one)}, ${one.part}`}
                data-shown={onScreen.has(one.key) || undefined}
                data-part={partsOf(study.series, one).length > 1 || undefined}
              >
                <SeriesLine series={one} shown={onScreen.has(one.key)} parts={firstOfParts(study.series, at)} />
              </ListBoxItem>
            ))}
          </ListBoxSection>
        )}
      </ListBox>
      <SkippedFiles icon={<FileWarning aria-hidden size={14} />} />
    </aside>
  );
}

/** Drawn anew only where its own series changed, not with every list of a folder being read. */
const SeriesLine = memo(function SeriesLine({
  series,
  shown,
  parts,
}: {
  readonly series: Series;
  readonly shown: boolean;
  /** Of the first part of a series with several: how many; else null. */
  readonly parts: number | null;
}) {
  const canvas = useThumbnail(series);
  const warning = seriesWarnings(series)[0];
  return (
    <>
      {parts === null ? null : (
        <span className="series-parts">
          {nameOf(series)} <span className="quiet">{parts} parts in one series</span>
        </span>
      )}
      <span className="thumbnail">
        <canvas ref={canvas} width={64} height={64} aria-hidden />
      </span>
      <span className="series-text">
        <span className="series-title">{series.part ?? nameOf(series)}</span>
        <span className="quiet numbers">
          {series.modality} · {counted(series.frames.length, 'image', 'images')}
          {shown ? ' · on screen' : ''}
        </span>
        {warning === undefined ? null : (
          <span className="series-warning" title={`${warning.say} ${warning.still ?? ''}`.trim()}>
            <TriangleAlert aria-hidden size={12} /> {warning.say}{' '}
            {warning.still === null ? null : <span className="quiet">{warning.still}</span>}
          </span>
        )}
      </span>
    </>
  );
});

/** Where a group of parts begins, how many it has. */
function firstOfParts(list: readonly Series[], at: number): number | null {
  const one = list[at];
  if (one === undefined || list[at - 1]?.seriesInstanceUID === one.seriesInstanceUID) return null;
  const { length } = partsOf(list, one);
  return length > 1 ? length : null;
}

function nameOf(series: Series): string {
  const text = series.description.trim() || `Series ${series.number ?? ''}`.trim();
  return series.number === null || text.startsWith('Series') ? text : `${series.number}  ${text}`;
}

interface Study {
  readonly id: string;
  readonly first: Series;
  readonly series: readonly Series[];
}
function byStudy(series: readonly Series[]): readonly Study[] {
  const groups = grouped(
    series,
    (one) => `${patientKey(one.patient, one.study.studyInstanceUID)}|${one.study.studyInstanceUID}`,
  );
  return groups.flatMap(([id, list]) => (list[0] === undefined ? [] : [{ id, first: list[0], series: list }]));
}

/** The list goes back to the last place it was told of when it gets the focus: a press just after a scroll must find it where it is. */
function keepPlace({ currentTarget }: { readonly currentTarget: HTMLElement }): void {
  currentTarget.querySelector('.series-list')?.dispatchEvent(new Event('scroll'));
}
