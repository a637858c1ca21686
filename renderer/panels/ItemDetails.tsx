import { TriangleAlert } from 'lucide-react';
import { ItemAnswers } from './ItemAnswers.tsx';
import { ChartTable } from './ChartTable.tsx';
import { ItemChart } from './ItemChart.tsx';
import { ImageWarnings, useImageWarnings } from './ImageWarnings.tsx';
import type { Basis, Note } from '../../src/quantity/index.ts';
import { useMemo, useState } from 'react';
import { Button, Radio, RadioGroup } from 'react-aria-components';
import type { Row } from '../../src/measurements/index.ts';
import type { Side } from '../../src/plan/index.ts';
import {
  changeItem,
  chartsOf,
  itemColours,
  planNumbers,
  rowsOf,
  useDesk,
  usePlan,
  useSession,
  type PlanLine,
} from '../actions/index.ts';
import { actCautions } from '../../src/export/index.ts';
import { ageInDays, pointText } from '../ui/text.ts';
import { estimateText, quantityText, uncertaintyText } from '../ui/quantityText.ts';

const sides: readonly { readonly value: string; readonly side: Side; readonly title: string }[] = [
  { value: 'none', side: null, title: 'No side' },
  { value: 'R', side: 'R', title: 'Right' },
  { value: 'L', side: 'L', title: 'Left' },
  { value: 'midline', side: 'midline', title: 'Midline' },
];

/** All numbers of one item, with what must be said about them. */
export function ItemDetails({ line }: { readonly line: PlanLine }) {
  const desk = useDesk();
  const { readOnly } = usePlan();
  const { id, item, computed, failed, stale } = line;
  const rows = rowsOf(line);
  // A chart is seen without scrolling on a small screen: only the number that matters most stands above it.
  const charted = line.kind?.charts !== undefined;
  const before = charted ? Math.max(1, 1 + rows.findIndex(({ main }) => main === true)) : rows.length;
  const notes = computed?.notes ?? [];
  const known = new Set(rows.map(({ key }) => key));
  const warnings = useImageWarnings(item.on);
  // What is said of the images is not said again of the item.
  const general = notes.filter(
    ({ key, message }) =>
      (key === undefined || (key !== 'profile' && !known.has(key))) &&
      !warnings.some(({ say }) => say.startsWith(message)),
  );
  return (
    <section className="details" data-charted={charted || undefined} aria-labelledby="details-heading">
      <h3 id="details-heading">
        {item.label} <span className="quiet">{titleOf(line)}</span>
      </h3>
      <RadioGroup
        className="sides"
        aria-label="Side"
        orientation="horizontal"
        value={item.side ?? 'none'}
        isDisabled={readOnly}
        onChange={(value) => {
          const chosen = sides.find((one) => one.value === value);
          if (chosen !== undefined) changeItem(desk, id, `Side of ${item.label}`, { side: chosen.side });
        }}
      >
        {sides.map(({ value, title }) => (
          <Radio key={value} value={value} className="side-choice">
            {title}
          </Radio>
        ))}
      </RadioGroup>
      <RadioGroup
        className="colours"
        aria-label="Colour"
        orientation="horizontal"
        value={line.colour}
        isDisabled={readOnly}
        onChange={(colour) => changeItem(desk, id, `Colour of ${item.label}`, { colour })}
      >
        {itemColours.map(({ title, colour }) => (
          <Radio key={colour} value={colour} className="colour-choice" aria-label={title}>
            <span style={{ background: colour }} />
          </Radio>
        ))}
      </RadioGroup>
      {failed === undefined || stale ? null : (
        <p className="failure" role="alert">
          <TriangleAlert aria-hidden size={14} /> {failed.message}
        </p>
      )}
      <Rows rows={rows.slice(0, before)} line={line} />
      {charted ? <ItemCharts key={`charts ${id}`} line={line} notes={notes} /> : null}
      <Rows rows={rows.slice(before)} line={line} />
      <RatioWith id={id} />
      <ItemAnswers key={id} line={line} />
      <ItemPoints line={line} />
      <ItemCautions line={line} />
      <ImageWarnings warnings={warnings} />
      {general.length === 0 ? null : (
        <ul className="notes" aria-label="Notes">
          {general.map(({ code, key, message }) => (
            <li key={`${code} ${key ?? ''} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Rows({ rows, line }: { readonly rows: readonly Row[]; readonly line: PlanLine }) {
  const { plan } = usePlan();
  if (rows.length === 0) return null;
  const notes = line.computed?.notes ?? [];
  return (
    <dl className="rows" data-stale={line.stale || undefined}>
      {rows.map((row) => (
        <RowLine
          key={row.key}
          row={row}
          notes={notes.filter(({ key }) => key === row.key).map(({ message }) => message)}
          to={nameOf(row.quantity.to, plan.records)}
        />
      ))}
    </dl>
  );
}

/** Offered where the plan has another number of the same unit to divide by. */
function RatioWith({ id }: { readonly id: string }) {
  const desk = useDesk();
  const { readOnly } = usePlan();
  const numbers = planNumbers(desk);
  const own = new Set(numbers.filter(({ item }) => item === id).map(({ row }) => row.quantity.unit));
  if (readOnly || !numbers.some(({ item, row }) => item !== id && own.has(row.quantity.unit))) return null;
  return (
    <Button className="button ratio-with" onPress={() => desk.session.setState({ dialog: 'ratio' })}>
      Ratio with…
    </Button>
  );
}

function ItemCharts({ line, notes }: { readonly line: PlanLine; readonly notes: readonly Note[] }) {
  const charts = chartsOf(line);
  const desk = useDesk();
  // The same lines stand large under the curved view.
  const besides = useSession(({ layout }) => layout === 'vessel') && desk.along.shown()?.id === line.id;
  if (besides && typeof charts !== 'string')
    return charts.map((chart) => (
      <div key={chart.title} className="chart">
        <ChartTable chart={chart} />
      </div>
    ));
  if (typeof charts === 'string') return <p className="chart quiet">{charts}</p>;
  if (charts.length === 0) return null;
  return (
    <>
      {charts.map((chart) => (
        <ItemChart key={chart.title} chart={chart} on={line.item.on} stale={line.stale} />
      ))}
      {notes
        .filter(({ key }) => key === 'profile')
        .map(({ message }) => (
          <p key={message} className="row-note quiet">
            {message}
          </p>
        ))}
    </>
  );
}

/** Where its handles lie: in the patient with letters, on an image by column and row. */
function ItemPoints({ line: { kind, item } }: { readonly line: PlanLine }) {
  const points = useMemo(() => {
    try {
      return kind?.handles(kind.parse(item)) ?? [];
    } catch {
      return [];
    }
  }, [kind, item]);
  if (points.length === 0) return null;
  return (
    <ul className="item-points" aria-label="Points">
      {points.map(({ name, title, at }) => (
        <li key={name}>
          <span className="quiet">{title}</span> <span className="numbers">{pointText(at)}</span>
        </li>
      ))}
    </ul>
  );
}

/** S-9: how old the scan is, and the side to be confirmed. */
function ItemCautions({ line: { item } }: { readonly line: PlanLine }) {
  const [today] = useState(() => new Date());
  const date = useSession(
    ({ series }) => series.find((one) => one.seriesInstanceUID === item.on.seriesInstanceUID)?.study.date ?? '',
  );
  const days = ageInDays(date, today);
  const said = actCautions(item.side, days);
  if (said.length === 0) return null;
  return (
    <ul className="notes" aria-label="Before you act on it">
      {said.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

/** What it measures: its kind, or more exactly where that is only known from the numbers. */
function titleOf({ kind, item, computed }: PlanLine): string {
  const exact = computed === undefined ? undefined : kind?.titleOf?.(computed);
  return exact ?? kind?.title ?? item.kind;
}

const basisWords: Readonly<Record<Basis, string>> = {
  patient: 'Scale: geometry of the scan',
  region: 'Scale: ultrasound region',
  calibrated: 'Scale: calibrated',
  estimated: 'Scale: estimated',
  detector: 'Scale: at the detector',
  none: 'Scale: none, pixels',
};

function RowLine({
  row,
  notes,
  to,
}: {
  readonly row: Row;
  readonly notes: readonly string[];
  readonly to: string | null;
}) {
  const estimate = estimateText(row.quantity);
  return (
    <div className="row" data-main={row.main || undefined} data-empty={row.quantity.value === null || undefined}>
      <dt>
        {row.label}
        {to === null ? '' : ` to ${to}`}
      </dt>
      <dd className="numbers">
        <span className="row-number">{quantityText(row.quantity)}</span>{' '}
        <span className="quiet">{uncertaintyText(row.quantity)}</span>
        {estimate === '' ? null : <span className="estimate">{estimate}</span>}
      </dd>
      {row.quantity.basis === null || row.quantity.value === null ? null : (
        <dd className="row-note">
          {basisWords[row.quantity.basis]}
          {row.quantity.uncertainty === null ? '; uncertainty not known' : ''}
        </dd>
      )}
      {notes.map((message) => (
        <dd key={message} className="row-note">
          {message}
        </dd>
      ))}
    </div>
  );
}

function nameOf(
  id: string | undefined,
  records: Readonly<Record<string, { readonly type: string; readonly label?: unknown }>>,
): string | null {
  if (id === undefined) return null;
  const label = records[id]?.label;
  return typeof label === 'string' && label !== '' ? label : id;
}
