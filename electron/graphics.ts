import { log } from '../src/host/index.ts';
import type { ElectronModule } from './shellPort.ts';
import { mostGraphicsCrashes, type ShellState } from './shellState.ts';

/**
 * Counts launches in a row in which the graphics process died. After three the next one starts without the graphics
 * card and says so. Must be called before 'ready'.
 *
 * @returns whether the card is left alone in this launch.
 */
export function guardGraphics({ app }: ElectronModule, state: ShellState): boolean {
  const leftAlone = state.kept.graphicsCrashes >= mostGraphicsCrashes;
  if (leftAlone) app.disableHardwareAcceleration();
  let crashed = false;
  app.on('child-process-gone', (_event, { type, reason }) => {
    if (type !== 'GPU' || reason === 'clean-exit') return;
    log.error(`the graphics process is gone: ${reason}`);
    if (crashed || leftAlone) return;
    crashed = true;
    void state.keep({ graphicsCrashes: state.kept.graphicsCrashes + 1 });
  });
  app.on('will-quit', () => {
    if (!crashed && !leftAlone && state.kept.graphicsCrashes > 0) void state.keep({ graphicsCrashes: 0 });
  });
  return leftAlone;
}

/** Says that the card is left alone, and offers to try it again at the next start. */
export async function sayGraphics({ dialog }: ElectronModule, state: ShellState): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: 'Seldinger draws without the graphics card.',
    detail:
      'The graphics of this computer failed in the last three starts, so the processor draws: pictures and numbers are the same, 3D and slabs are slower.',
    buttons: ['Go on', 'Try the graphics card at the next start'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) await state.keep({ graphicsCrashes: 0 });
}
