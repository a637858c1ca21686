import { createDesk, type Desk } from '../../../renderer/actions/index.ts';
import type { HostClient } from '../../../renderer/host/index.ts';
import { createTool } from '../../../renderer/marks/index.ts';
import {
  createPlanStore,
  createSession,
  createSettings,
  type EvaluateInWorker,
} from '../../../renderer/state/index.ts';
import { evaluate, factsOfSeries, kinds } from '../../../src/measurements/index.ts';
import { series } from '../workers/smallSeries.ts';
import { FakeHost } from '../state/fakeHost.ts';

const absent = (what: string) => (): never => {
  throw new Error(`this test has no ${what}`);
};

/** A desk without pictures and disk: real session, plan, kinds and tool, a journal in memory. */
export async function fakeDesk(evaluateInWorker?: EvaluateInWorker): Promise<Desk> {
  const host = new FakeHost();
  const client: HostClient = {
    call: absent('host'),
    lines: absent('host'),
    piece: absent('host'),
    frames: absent('host'),
  };
  const plan = createPlanStore({
    host,
    // Headers of one small CT; what needs pixels fails with its sentence.
    evaluateInWorker:
      evaluateInWorker ??
      ((document) =>
        evaluate(
          document,
          {
            series: ({ seriesInstanceUID }) =>
              seriesInstanceUID === series.seriesInstanceUID ? factsOfSeries(series) : undefined,
            image: () => undefined,
            volume: absent('pixels'),
            frame: absent('pixels'),
          },
          { program: 'test' },
        )),
    kinds,
    newId: () => crypto.randomUUID(),
    now: () => '2026-01-01T00:00:00.000Z',
    session: 'page',
  });
  await plan.open({ studies: ['1'], plan: null, source: null });
  const desk = createDesk({
    client,
    native: null,
    engine: {
      isolated: false,
      limitation: null,
      load: absent('engine'),
      release: () => undefined,
      onLost: () => () => undefined,
      thumbnail: absent('engine'),
      preview: absent('engine'),
      createView: absent('engine'),
      destroy: () => undefined,
    },
    plan,
    settings: createSettings(null, {}),
    kinds,
    createTool,
    session: createSession(null),
    pixels: { load: absent('engine'), get: () => undefined, show: () => undefined, bytes: 0 },
  });
  return desk;
}
