import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { shownSeries, seriesByKey } from '../state/index.ts';
import { useSession } from '../actions/index.ts';
import { ageInDays, ageText, dateText, nameText, patientKey } from '../ui/text.ts';

/** Whose images these are, always on top. */
export function PatientStrip() {
  const series = useSession(shownSeries);
  const first = useSession((state) => state.series[0] ?? null);
  const namesHidden = useSession((state) => state.namesHidden);
  const patients = useSession((state) => {
    const keys = Object.values(state.shown).map((key) => {
      const one = seriesByKey(state, key);
      return one === null ? '' : patientKey(one.patient, one.study.studyInstanceUID);
    });
    return new Set(keys.filter((key) => key !== '')).size;
  });
  const [today] = useState(() => new Date());
  const one = series ?? first;
  if (one === null) return null;
  const { patient, study } = one;
  const days = ageInDays(study.date, today);
  return (
    <div className="patient-strip" role="group" aria-label="Patient" data-danger={patients > 1 || undefined}>
      {patients > 1 ? (
        <strong className="danger">
          <TriangleAlert aria-hidden size={15} /> Two patients are open.
        </strong>
      ) : null}
      {namesHidden ? (
        <span className="patient-name">Name hidden</span>
      ) : (
        <>
          <span className="patient-name">{nameText(patient.name)}</span>
          <Fact label="ID" value={patient.id} />
          <Fact label="Born" value={dateText(patient.birthDate)} />
        </>
      )}
      <Fact label="Sex" value={patient.sex} />
      <Fact label="Study" value={dateText(study.date)} />
      {days === null ? null : (
        <span className="numbers" data-old={days > 30 || undefined}>
          {ageText(days)}
        </span>
      )}
    </div>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <span className="numbers">
      <span className="quiet">{label}</span> {value.trim() === '' ? 'unknown' : value}
    </span>
  );
}
