import { planTable } from '../../src/export/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import { saveInBrowser, sentenceOf } from '../host/index.ts';
import { say } from '../state/index.ts';
import { ageInDays } from '../ui/text.ts';
import type { Desk } from './desk.ts';

/** All numbers of the plan as a table, on the clipboard. */
export async function copyTable(desk: Desk): Promise<void> {
  try {
    await navigator.clipboard.writeText(await tableOf(desk, { byteOrderMark: false, patient: false }));
    say(desk.session, { tone: 'info', say: 'The table was copied, without names.' });
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/** The same as a file; with `patient` each line names the patient. */
export async function saveTable(desk: Desk, { patient }: { readonly patient: boolean }): Promise<void> {
  try {
    const text = await tableOf(desk, { byteOrderMark: true, patient });
    const { hello } = desk.session.getState();
    const file = patient ? 'Plan with patient name.csv' : 'Plan.csv';
    const type = { description: 'Table', mime: 'text/csv', ending: '.csv' };
    const saved =
      desk.native === null
        ? await saveInBrowser(file, text, hello?.automation !== true, type)
        : await desk.native.saveFile(file, 'table', new TextEncoder().encode(text));
    if (saved !== null) say(desk.session, { tone: 'info', say: `The table was saved as "${saved}".` });
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/** Numbers of the present plan: those that are computed at present are waited for. */
async function tableOf(
  { plan, session }: Desk,
  asked: { readonly byteOrderMark: boolean; readonly patient: boolean },
): Promise<string> {
  await plan.settled();
  const { plan: document, results, failed } = plan.getState();
  const { hello, series } = session.getState();
  return planTable(
    document,
    { items: Object.values(results), failed: Object.values(failed) },
    { ...asked, series, program: hello?.program ?? '', daysSinceScan: ({ on }) => daysSinceScan(series, on) },
  );
}

/** Whole days since the scan on which an item lies; null where it is not open or has no date. */
export function daysSinceScan(open: readonly Series[], on: { readonly seriesInstanceUID: string }): number | null {
  const scan = open.find(({ seriesInstanceUID }) => seriesInstanceUID === on.seriesInstanceUID);
  return scan === undefined ? null : ageInDays(scan.study.date, new Date());
}
