import type { Source } from '../../src/contract/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import { belongsTo, isEmptyPlan, withStudy, type Plan, type StudyOwner } from '../../src/plan/index.ts';
import { saveInBrowser, sentenceOf } from '../host/index.ts';
import { say } from '../state/index.ts';
import { counted, dateText, patientKey } from '../ui/text.ts';
import type { Desk } from './desk.ts';

/** The patient (by `patientKey`) whose plan each desk has open; '' for a plan opened by itself. */
const openFor = new WeakMap<Desk, string>();

/**
 * Opens the plan that belongs to these images: one plan a patient. Restores what was not saved and says so.
 * Does nothing where it is open already.
 */
export async function planForSeries(desk: Desk, series: Series): Promise<void> {
  const who = patientKey(series.patient, series.study.studyInstanceUID);
  const open = openFor.get(desk);
  const { plan } = desk.plan.getState();
  if (open === who || (open === '' && concerns(plan, series))) return;
  // Another patient's images: this plan is put aside whole, so nothing of it can be drawn or computed on them.
  const foreign = open === '' && belongsTo(plan, ownerOf(series)) === 'other' && !isEmptyPlan(plan);
  const label = desk.session.getState().planSource?.label ?? plan.title;
  const studies = desk.session
    .getState()
    .series.filter((one) => patientKey(one.patient, one.study.studyInstanceUID) === who)
    .map(({ study }) => study.studyInstanceUID);
  await beginPlan(
    desk,
    who,
    { studies: [...new Set([series.study.studyInstanceUID, ...studies])], plan: null, source: null },
    null,
  );
  if (foreign) desk.session.setState({ putAside: label });
  else if (open === '' && !isEmptyPlan(plan))
    say(desk.session, {
      tone: 'warning',
      say: `The plan${label === '' ? '' : ` "${label}"`} has nothing on these images: it was put aside.`,
      remedy: 'Open its own images and then the plan again to go on with it.',
    });
}

function ownerOf({ study, patient }: Series): StudyOwner {
  return { studyInstanceUID: study.studyInstanceUID, patientID: patient.id, patientName: patient.name };
}

/** The open series on which numbers of this plan may be computed: all but those of another patient. */
export function computable(plan: Plan, open: readonly Series[]): readonly Series[] {
  if ((plan.studies ?? []).length === 0) return open;
  const known = new Map<string, boolean>();
  return open.filter((series) => {
    const owner = ownerOf(series);
    const who = [owner.studyInstanceUID, owner.patientID, owner.patientName].join('\n');
    const allowed = known.get(who) ?? belongsTo(plan, owner) !== 'other';
    known.set(who, allowed);
    return allowed;
  });
}

/** The plan with the studies on which its items lie, as far as they are open. */
export function withOpenStudies(plan: Plan, open: readonly Series[]): Plan {
  const named = new Set(Object.values(plan.records).map((record) => onOf(record)?.seriesInstanceUID));
  return open
    .filter(({ seriesInstanceUID }) => named.has(seriesInstanceUID))
    .reduce((all, series) => withStudy(all, ownerOf(series)), plan);
}

/** Where none of the plan's images is open: which to open. A plan without studies is known by the series of its items. */
function sayMissingImages(desk: Desk, plan: Plan): void {
  const { series } = desk.session.getState();
  const studies = (plan.studies ?? []).map(({ studyInstanceUID }) => studyInstanceUID);
  const items = Object.values(plan.records).flatMap((record): readonly string[] => {
    const on = onOf(record);
    return typeof on?.seriesInstanceUID === 'string' ? [on.seriesInstanceUID] : [];
  });
  const [word, named, open]: readonly [string, readonly string[], readonly string[]] =
    studies.length > 0
      ? ['study', studies, series.map(({ study }) => study.studyInstanceUID)]
      : ['series', [...new Set(items)], series.map(({ seriesInstanceUID }) => seriesInstanceUID)];
  if (named.length === 0 || named.some((one) => open.includes(one))) return;
  say(desk.session, {
    tone: 'warning',
    say: `The images of this plan are not open: ${word} ${named.join(', ')}.`,
    remedy: 'Open the folder that holds them.',
  });
}

/** Opens a plan document that the person chose. */
export async function openPlanFrom(desk: Desk, source: Source, uploaded: boolean): Promise<void> {
  try {
    const { plan, source: granted } = await desk.client.call('planLoad', { source: source.id });
    const studies = plan.studies?.map(({ studyInstanceUID }) => studyInstanceUID) ?? studiesOf(desk, plan);
    const place = uploaded ? null : { id: granted.id, label: granted.label };
    await beginPlan(desk, '', { studies, plan, source: place?.id ?? null }, place);
    sayMissingImages(desk, plan);
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

async function beginPlan(
  desk: Desk,
  who: string,
  request: { readonly studies: readonly string[]; readonly plan: Plan | null; readonly source: string | null },
  place: { readonly id: string; readonly label: string } | null,
): Promise<void> {
  const { session, plan } = desk;
  desk.tool.escape();
  openFor.set(desk, who);
  try {
    const { restored, readOnly } = await plan.open(request);
    session.setState({ selection: null, renaming: null, planSource: place, putAside: null });
    if (restored && !readOnly) {
      const { plan: document } = plan.getState();
      const items = Object.values(document.records).filter(({ type }) => type === 'item').length;
      say(session, {
        tone: 'info',
        say: `Unsaved work on these images was restored: ${counted(items, 'item', 'items')}, last changed ${document.modifiedAt.slice(0, 16).replace('T', ' ')}.`,
      });
    }
    if (readOnly)
      say(session, {
        tone: 'warning',
        say: 'Another window has this plan open. Here it can be read, but not changed.',
      });
  } catch (thrown) {
    openFor.delete(desk);
    say(session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/** Saves where the plan came from, or asks; `elsewhere` always asks. */
export async function savePlan(desk: Desk, { elsewhere }: { readonly elsewhere: boolean }): Promise<void> {
  const { session, plan, native } = desk;
  try {
    const { planSource, hello } = session.getState();
    if (planSource !== null && !elsewhere) {
      await plan.save(planSource.id);
      say(session, { tone: 'info', say: `Saved as "${planSource.label}".` });
      return;
    }
    const name = suggestedName(desk);
    if (native !== null) {
      const [place] = await native.saveAs(name);
      if (place === undefined) return;
      await plan.save(place.id);
      session.setState({ planSource: { id: place.id, label: place.label } });
      say(session, { tone: 'info', say: `Saved as "${place.label}".` });
      return;
    }
    const text = `${JSON.stringify(withOpenStudies(plan.getState().plan, session.getState().series), null, 2)}\n`;
    // A test's browser has nobody to answer the dialog.
    const saved = await saveInBrowser(name, text, hello?.automation !== true);
    if (saved === null) return;
    // A copy elsewhere leaves a plan that has its own place as it is there.
    if (planSource === null) await plan.save(null);
    say(session, { tone: 'info', say: `Saved as "${saved}".` });
  } catch (thrown) {
    say(session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/** By convention NAME.plan.json; no patient's name in it. */
function suggestedName(desk: Desk): string {
  const { plan } = desk.plan.getState();
  const [series] = desk.session.getState().series;
  const title = plan.title !== '' ? plan.title : series === undefined ? 'Plan' : `Plan ${dateText(series.study.date)}`;
  return `${title.replace(/[^\p{L}\p{N} ._-]+/gu, ' ').trim() || 'Plan'}.plan.json`;
}

function concerns(plan: Plan, series: Series): boolean {
  const whose = belongsTo(plan, ownerOf(series));
  if (whose !== 'unknown') return whose === 'own';
  return Object.values(plan.records).some(
    (record) => record.type === 'item' && onOf(record)?.seriesInstanceUID === series.seriesInstanceUID,
  );
}
function studiesOf(desk: Desk, plan: Plan): string[] {
  const named = new Set(Object.values(plan.records).map((record) => onOf(record)?.seriesInstanceUID));
  return [
    ...new Set(
      desk.session
        .getState()
        .series.filter((one) => named.has(one.seriesInstanceUID))
        .map(({ study }) => study.studyInstanceUID),
    ),
  ];
}
function onOf(record: {
  readonly type: string;
  readonly on?: unknown;
}): { readonly seriesInstanceUID?: unknown } | undefined {
  return typeof record.on === 'object' && record.on !== null ? record.on : undefined;
}
