import { useEffect, useState } from 'react';
import { listenToKeys, listenToMenus, openDropped, useDesk, useSession } from '../actions/index.ts';
import {
  ContextMenu,
  Footer,
  JobBar,
  Messages,
  PatientStrip,
  PlanPanel,
  SeriesPanel,
  Toolbar,
} from '../panels/index.ts';
import { Viewports } from '../viewports/index.ts';
import { Columns } from './Columns.tsx';
import { AboutDialog } from './AboutDialog.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { CompareDialog } from './CompareDialog.tsx';
import { HeaderDialog } from './HeaderDialog.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { RatioDialog } from './RatioDialog.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { WindowDialog } from './WindowDialog.tsx';
import { Welcome } from './Welcome.tsx';
import './window.css';

/** The whole window: browser, pictures, plan; patient and tools above, footer below. */
export function Window() {
  const desk = useDesk();
  const welcome = useSession((state) => state.series.length === 0 && state.scans.every(({ running }) => !running));
  const dropping = useFileDrops();
  useEffect(() => listenToKeys(desk), [desk]);
  useEffect(() => listenToMenus(desk), [desk]);
  return (
    <div className="window">
      <header>
        {welcome ? null : <h1 className="unseen">Seldinger</h1>}
        <div className="top-row">
          <PatientStrip />
          <JobBar />
        </div>
        <Toolbar />
      </header>
      <Columns
        left={<SeriesPanel />}
        middle={
          <main className="stage">
            <Viewports />
            {welcome ? <Welcome /> : null}
          </main>
        }
        right={
          <div className="right-column">
            <PlanPanel />
            <Messages />
          </div>
        }
      />
      <Footer />
      <CommandPalette />
      <HelpDialog />
      <AboutDialog />
      <HeaderDialog />
      <SettingsDialog />
      <RatioDialog />
      <WindowDialog />
      <ContextMenu />
      <CompareDialog />
      <QuestionDialog />
      {dropping ? (
        <div className="drop-veil" aria-hidden>
          Let go to open
        </div>
      ) : null}
    </div>
  );
}

/** Files dropped anywhere are opened. A drag tells leave and enter for every element it crosses, so they are counted. */
function useFileDrops(): boolean {
  const desk = useDesk();
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      depth = 0;
      setOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      void openDropped(desk, event.dataTransfer);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [desk]);
  return over;
}
