/** One line a command; `seldinger --help` and wrong usage show them. */
export const usage: Readonly<Record<string, string>> = {
  scan: 'scan PATH… [--json]',
  measure: 'measure PLAN --data PATH… [--json]',
  probe:
    'probe --data PATH… --series UID [--part P] (--at X,Y,Z [--nearest] | [--sop UID] [--frame N] --pixel COL,ROW) [--json]\n' +
    '       seldinger probe --data PATH… --batch FILE [--json]',
  'sample-data': 'sample-data FOLDER [--case NAME] [--seed N] [--json]',
};

const what: Readonly<Record<string, string>> = {
  scan: 'tells what is there: series, geometry, calibration, skipped files.',
  measure: 'recomputes every record of a plan from the pixels.',
  probe: 'gives the value at a point of the patient (LPS, mm) or of an image (column, row from 0).',
  'sample-data': 'writes invented patients with known truth as DICOM.',
};

export function helpText(): string {
  const commands = Object.keys(usage).map((name) => `seldinger ${usage[name] ?? ''}\n    ${what[name] ?? ''}\n`);
  return [
    'Usage:\n',
    ...commands,
    '\nPATH is a file or a folder, read with all its folders. With --json one JSON document on stdout and nothing else there.',
    'Exit code 0: done. 1: done as far as possible, what failed is named. 2: wrong usage, or nothing could be done.\n',
  ].join('\n');
}
export function helpFor(name: string): string {
  return `usage: seldinger ${usage[name] ?? ''}\n${name} ${what[name] ?? ''}\n`;
}
