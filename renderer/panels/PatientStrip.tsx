import { TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { scanAgeSentence } from '../../src/export/index.ts';
import { patientsAmong, shownSeries } from '../state/index.ts';
import { useSession } from '../actions/index.ts';
import { ageInDays, dateText, nameText } from '../ui/text.ts';

/** Whose images these are, always on top. */
export function PatientStrip() {
  const series = useSession(shownSeries);
  const first = useSession((state) => state.series[0] ?? null);
  const namesHidden = useSession((state) => state.namesHidden);
  const all = useSession((state) => state.series);
  const patients = useMemo(() => patientsAmong(all).length, [all]);
  const [today] = useState(() => new Date());
  const one = series ?? first;
  const reading = useSession((state) => state.scans.some(({ running }) => running));
  if (one === null)
    // The strip has its place from the start: the first series must not push the pictures down.
    return reading ? (
      <div className="patient-strip" role="group" aria-label="Patient">
        <span className="quiet">No patient read yet</span>
      </div>
    ) : null;
  const { patient, study } = one;
  const days = ageInDays(study.date, today);
  return (
    <div className="patient-strip" role="group" aria-label="Patient" data-danger={patients > 1 || undefined}>
      {patients > 1 ? (
        <strong className="danger">
          <TriangleAlert aria-hidden size={15} /> {patients === 2 ? 'Two' : patients} patients are open.
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
          {days < 0 ? 'Scan is dated in the future.' : scanAgeSentence(days)}
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
