import { TriangleAlert } from 'lucide-react';
import { memo, useEffect } from 'react';
import type { Phase, Series } from '../../src/dicom/index.ts';
import { useDesk, usePlan, useSession } from '../actions/index.ts';
import type { ListedSeries } from '../state/index.ts';
import { leadSentence } from '../ui/leadSentence.ts';
import { seriesWarnings, type SeriesWarning } from '../ui/seriesWarnings.ts';
import { anglesText, counted, trimmed } from '../ui/text.ts';
import { calibratedFrames, type CalibratedFrames } from './calibratedFrames.ts';
import { draw, isRun, useThumbnail } from './thumbnails.ts';

/** How long each picture of a run stays while it plays on hover, ms. */
const pictureMs = 160;

/** Drawn anew only where its own series changed, not with every list of a folder being read. */
export const SeriesLine = memo(
  function SeriesLine({
    line: { series, phase, thicknessMm, parts },
    shown,
    playing,
  }: {
    readonly line: ListedSeries;
    readonly shown: boolean;
    readonly playing: boolean;
  }) {
    const { canvas, preview } = useThumbnail(series);
    useEffect(() => {
      const at = canvas.current;
      if (!playing || preview === null || at === null || wantsStillness()) return undefined;
      let index = 0;
      const timer = setInterval(() => {
        draw(at, preview, index % preview.pictures.length);
        index += 1;
      }, pictureMs);
      return () => {
        clearInterval(timer);
        draw(at, preview, preview.densest);
      };
    }, [playing, preview, canvas]);
    return (
      <>
        {parts === null || parts === 0 ? null : (
          <span className="series-parts">
            {nameOf(series)} <span className="quiet">{parts} parts in one series</span>
          </span>
        )}
        <span className="thumbnail">
          <canvas ref={canvas} width={64} height={64} aria-hidden />
        </span>
        <span className="series-text">
          <span className="series-title">{series.part ?? nameOf(series)}</span>
          <span className="quiet numbers">{factsText(series, thicknessMm)}</span>
          {phase === null ? null : <PhaseText phase={phase} named={series.part ?? series.description} />}
          {shown ? <span className="series-on">on screen</span> : null}
          {series.why.includes('projection') ? <ProjectionWarning series={series} /> : <Warning series={series} />}
        </span>
      </>
    );
  },
  (a, b) => a.shown === b.shown && a.playing === b.playing && sameLine(a.line, b.line),
);

/** Lists are made anew with every file that is read; a line of the same series looks as before. */
export function sameLine(a: ListedSeries, b: ListedSeries): boolean {
  return (
    a.series === b.series &&
    a.parts === b.parts &&
    a.phase?.name === b.phase?.name &&
    a.phase?.secondsAfterFirst === b.phase?.secondsAfterFirst
  );
}

/** What a letter typed finds it by. */
export function seriesName(series: Series): string {
  return series.part === null ? nameOf(series) : `${nameOf(series)}, ${series.part}`;
}

/** Of a projection: what the plan's calibrations make of it, and in which frames. */
function ProjectionWarning({ series }: { readonly series: Series }) {
  const desk = useDesk();
  usePlan();
  return <Warning series={series} calibrated={calibratedFrames(desk, series)} />;
}

function Warning({
  series,
  calibrated = null,
}: {
  readonly series: Series;
  readonly calibrated?: CalibratedFrames | null;
}) {
  // A series of which half is still to come has gaps that are none.
  const scanning = useSession((state) => state.scans.some(({ running }) => running));
  const warning = scanning ? undefined : listedWarning(series, calibrated);
  if (warning === undefined) return null;
  const { lead, rest } = leadSentence(warning.say, warning.still);
  return (
    <span className="series-warning" title={`${lead} ${rest}`.trim()}>
      <TriangleAlert aria-hidden size={12} /> {lead}{' '}
      {rest === '' ? null : <span className="series-warning-rest quiet">{rest}</span>}
    </span>
  );
}

/** The weightiest, with where a calibration by the user holds. */
function listedWarning(series: Series, calibrated: CalibratedFrames | null): SeriesWarning | undefined {
  if (calibrated === null) return seriesWarnings(series)[0];
  const { by, all, where } = calibrated;
  const [first] = seriesWarnings(series, all ? by : undefined);
  if (first === undefined || !all) {
    const some = `Calibrated by the user ${where}: ${by}.`;
    return first === undefined ? { say: some, still: null } : { ...first, still: some };
  }
  return { ...first, still: where === '' ? null : `I${where.slice(1)}.` };
}

/** "arterial", "portal by its time +45 s"; nothing where there is but one scan and no name. */
function PhaseText({ phase, named }: { readonly phase: Phase; readonly named: string }) {
  const { name, by, secondsAfterFirst } = phase;
  const after = secondsAfterFirst === null || secondsAfterFirst < 1 ? '' : `+${durationText(secondsAfterFirst)}`;
  if (name === null && after === '') return null;
  return (
    <span
      className="series-phase numbers"
      title={by === 'time' ? `Told by its time: "${named}" names no phase` : undefined}
    >
      {name === null ? '' : by === 'time' ? `${name} by its time` : name} {after}
    </span>
  );
}

function durationText(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function factsText(series: Series, thicknessMm: number | null): string {
  const projection = series.instances[0]?.projection ?? null;
  return [
    series.modality,
    thicknessMm === null ? '' : `${trimmed(thicknessMm)} mm`,
    isRun(series) ? counted(series.frames.length, 'frame', 'frames') : counted(series.frames.length, 'image', 'images'),
    anglesText(projection?.primaryAngleDeg ?? null, projection?.secondaryAngleDeg ?? null),
  ]
    .filter(Boolean)
    .join(' · ');
}

function nameOf(series: Series): string {
  const text = series.description.trim() || `Series ${series.number ?? ''}`.trim();
  return series.number === null || text.startsWith('Series') ? text : `${series.number}  ${text}`;
}

function wantsStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
