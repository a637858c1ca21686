import { useSession, type CurrentImage } from '../actions/index.ts';
import { doseTexts } from '../ui/doseText.ts';
import { dateText, nameText, timeText, voxelsText } from '../ui/text.ts';

/** Above the elements: whose image it is, which one, and the radiation as header and dose reports tell it. */
export function StudyFacts({ image: { series, instance, frame } }: { readonly image: CurrentImage }) {
  const namesHidden = useSession((state) => state.namesHidden);
  const doses = useSession((state) => state.doses);
  const reports = doses.filter(({ studyInstanceUID }) => studyInstanceUID === series.study.studyInstanceUID);
  const own = instance.dose === undefined ? [] : doseTexts(instance.dose);
  const facts: readonly (readonly [string, string])[] = [
    ['Patient', namesHidden ? 'Name hidden' : nameText(series.patient.name)],
    [
      'Study',
      [dateText(series.study.date), timeText(series.study.time), series.study.description].filter(Boolean).join(' '),
    ],
    ['Series', [series.number ?? '', series.description, series.part ?? ''].filter(Boolean).join(' · ')],
    ['Voxels', series.volume === null ? '' : voxelsText(series.volume)],
    [
      'Image',
      [
        instance.instanceNumber === null ? '' : `number ${instance.instanceNumber}`,
        instance.frames > 1 ? `frame ${frame} of ${instance.frames}` : '',
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ['Dose of this image', own.join(', ')],
    ...reports.map(
      (report, at) =>
        [
          reports.length > 1 ? `Dose report ${at + 1}` : 'Dose report',
          [...doseTexts(report), `${report.irradiations} irradiations`].join(', '),
        ] as const,
    ),
  ];
  return (
    <dl className="study-facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt className="quiet">{name}</dt>
            <dd className="numbers">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
