import { FileWarning, FolderOpen, Files } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo } from 'react';
import { Button } from 'react-aria-components';
import { actionById, cancelScan, runAction, showSeries, useDesk, useSession } from '../actions/index.ts';
import { sentenceOf } from '../host/index.ts';
import { say, seriesByKey, studyList } from '../state/index.ts';
import { Progress } from '../ui/Progress.tsx';
import { counted } from '../ui/text.ts';
import { focusPicture } from './focusPicture.ts';
import { SeriesListBox } from './SeriesListBox.tsx';
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
  const onScreen = useMemo(() => new Set(Object.values(shown)), [shown]);
  const open = useCallback(
    (key: string): void => {
      const one = seriesByKey(desk.session.getState(), key);
      if (one === null) return;
      showSeries(desk, one, { view: desk.session.getState().active ?? 'Stack' }).then(focusPicture, (thrown: unknown) =>
        say(desk.session, { tone: 'warning', ...sentenceOf(thrown) }),
      );
    },
    [desk],
  );
  const run = (id: string) => () => {
    const action = actionById(desk, id);
    if (action !== undefined) void runAction(desk, action);
  };
  return (
    <aside
      className="side series-panel"
      aria-labelledby="series-heading"
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
      {studies.length > 0 ? null : (
        <p className="side-empty">Nothing is open. Drop a folder or files anywhere on this window.</p>
      )}
      <SeriesListBox studies={studies} onScreen={onScreen} namesHidden={namesHidden} onOpen={open} />
      <SkippedFiles icon={<FileWarning aria-hidden size={14} />} />
    </aside>
  );
}
