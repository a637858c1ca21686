import type { Series } from '../../src/dicom/index.ts';
import { patientsAmong, type Question } from '../state/index.ts';
import { dateText, nameText, patientKey } from '../ui/text.ts';
import type { Desk } from './desk.ts';

/** Pairs of different patients among these series on which nobody has agreed yet. */
function openPairs(desk: Desk, patients: readonly Series[]): readonly string[] {
  const { agreedPatients } = desk.session.getState();
  const keys = patients.map((one) => patientKey(one.patient, one.study.studyInstanceUID)).sort();
  return keys.flatMap((a, at) =>
    keys
      .slice(at + 1)
      .map((b) => `${a}\n\n${b}`)
      .filter((pair) => !agreedPatients.includes(pair)),
  );
}

/** A decision of the person; null: closed without one. */
export function ask(desk: Desk, question: Omit<Question, 'answer'>): Promise<string | null> {
  desk.session.getState().question?.answer(null);
  return new Promise((resolve) => {
    desk.session.setState({
      question: {
        ...question,
        answer(choice) {
          desk.session.setState({ question: null });
          resolve(choice);
        },
      },
    });
  });
}

function linesOf(patients: readonly Series[]): readonly string[] {
  return patients.map(({ patient }) =>
    [nameText(patient.name), `ID ${patient.id || 'unknown'}`, `born ${dateText(patient.birthDate) || 'unknown'}`].join(
      ', ',
    ),
  );
}

/** Whether images of these series may stand side by side without asking. */
export function mayStandTogether(desk: Desk, series: readonly Series[]): boolean {
  return openPairs(desk, patientsAmong(series)).length === 0;
}

/** Asks once a pair whether images of different patients may be on screen together. */
export async function askToMix(desk: Desk, series: readonly Series[]): Promise<'both' | 'alone' | 'cancel'> {
  const patients = patientsAmong(series);
  const pairs = openPairs(desk, patients);
  const choice = await ask(desk, {
    title: 'Two patients are open.',
    say: 'Images of different patients would be on screen together. They are not linked and nothing is compared across them.',
    lines: linesOf(patients),
    choices: [
      { id: 'alone', label: 'Close the other patient’s images' },
      { id: 'both', label: 'Show both patients' },
    ],
  });
  if (choice === 'both') desk.session.setState((state) => ({ agreedPatients: [...state.agreedPatients, ...pairs] }));
  return choice === 'both' || choice === 'alone' ? choice : 'cancel';
}

/** Before two dates are compared while images of another patient are open too: asked once a pair. */
export async function mayCompare(desk: Desk, series: Series): Promise<boolean> {
  const patients = patientsAmong([series, ...desk.session.getState().series]);
  const pairs = openPairs(desk, patients);
  if (pairs.length === 0) return true;
  const choice = await ask(desk, {
    title: 'Two patients are open.',
    say: 'Compare two dates of the first patient below? Images of the others stay in the list.',
    lines: linesOf(patients).slice(0, 6),
    choices: [{ id: 'yes', label: 'Compare this patient’s dates' }],
  });
  if (choice !== 'yes') return false;
  desk.session.setState((state) => ({ agreedPatients: [...state.agreedPatients, ...pairs] }));
  return true;
}
