import { FileWarning, FolderOpen, TriangleAlert, Files } from 'lucide-react';
import { useMemo } from 'react';
import { Button, Header, ListBox, ListBoxItem, ListBoxSection, useDragAndDrop } from 'react-aria-components';
import type { Series } from '../../src/dicom/index.ts';
import { actionById, cancelScan, runAction, showSeries, useDesk, useSession } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey } from '../state/index.ts';
import { grouped } from '../ui/grouped.ts';
import { Progress } from '../ui/Progress.tsx';
import { counted, dateText, nameText, patientKey, reasons, tiltCorrected, resampledSlices } from '../ui/text.ts';
import { SkippedFiles } from './SkippedFiles.tsx';
import { useThumbnail } from './thumbnails.ts';
import './seriesPanel.css';

/** The left side: what was opened, study by study. */
export function SeriesPanel() {
  const desk = useDesk();
  const series = useSession((state) => state.series);
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
    showSeries(desk, one, { view: desk.session.getState().active ?? 'Stack' }).then(focusActive, (thrown: unknown) =>
      say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }),
    );
  };
  const run = (id: string) => () => {
    const action = actionById(desk, id);
    if (action !== undefined) void runAction(desk, action);
  };
  return (
    <aside className="side series-panel" aria-labelledby="series-heading">
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
            {study.series.map((one) => (
              <ListBoxItem
                key={one.key}
                id={one.key}
                className="series-item"
                textValue={nameOf(one)}
                data-shown={onScreen.has(one.key) || undefined}
              >
                <SeriesLine series={one} shown={onScreen.has(one.key)} />
              </ListBoxItem>
            ))}
          </ListBoxSection>
        )}
      </ListBox>
      <SkippedFiles icon={<FileWarning aria-hidden size={14} />} />
    </aside>
  );
}

function SeriesLine({ series, shown }: { readonly series: Series; readonly shown: boolean }) {
  const canvas = useThumbnail(series);
  const warning = warningOf(series);
  return (
    <>
      <span className="thumbnail">
        <canvas ref={canvas} width={64} height={64} aria-hidden />
      </span>
      <span className="series-text">
        <span className="series-title">{nameOf(series)}</span>
        <span className="quiet numbers">
          {series.modality} · {counted(series.frames.length, 'image', 'images')}
          {series.part === null ? '' : ` · ${series.part}`}
          {shown ? ' · on screen' : ''}
        </span>
        {warning === null ? null : (
          <span className="series-warning">
            <TriangleAlert aria-hidden size={12} /> {warning}
          </span>
        )}
      </span>
    </>
  );
}

/** Why the series is no proper volume, where a person would expect one. */
function warningOf(series: Series): string | null {
  if (series.volume?.correction === 'gantry-tilt') return tiltCorrected;
  if (series.volume?.correction === 'resampled') return resampledSlices(series.volume.spacing[2]);
  if (series.volume !== null) return null;
  const why = series.why.find((one) => !['projection', 'ultrasound', 'color'].includes(one));
  return why === undefined ? null : `No volume: ${reasons[why]}.`;
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

/** Keys go to the picture once a series is on screen. */
function focusActive(): void {
  document.querySelector<HTMLElement>('.pane[data-active]')?.focus({ preventScroll: true });
}
