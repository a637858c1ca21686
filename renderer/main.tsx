import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { kinds } from '../src/measurements/index.ts';
import { isEmptyPlan } from '../src/plan/index.ts';
import {
  computable,
  createDesk,
  DeskContext,
  followLostGraphics,
  followNativeMenu,
  followPlan,
  handedOver,
  openSources,
  withOpenStudies,
  type Desk,
} from './actions/index.ts';
import { Broken, ErrorBoundary, Window } from './app/index.ts';
import { createAutomation } from './automation.ts';
import { buttonsOf, chooseButtons, startEngine } from './cornerstone/index.ts';
import { openDoor, pageSession, sentenceOf } from './host/index.ts';
import { createTool } from './marks/index.ts';
import {
  createPlanStore,
  createSession,
  createSessionPixels,
  createSettings,
  say,
  type SessionPixels,
  type SettingsStore,
} from './state/index.ts';
import { createComputeClient } from './workers/index.ts';

/** How often the host hears that this page is there, ms (contract: every 20 s). */
const aliveMs = 20_000;

/** Picks the door, makes what the window stands on, and shows it. */
async function start(root: Root): Promise<void> {
  const naming = pageSession();
  const opening = openDoor(naming);
  // The engine warms up while the host answers.
  const starting = startEngine({ frames: async (...asked) => (await opening).client.frames(...asked) });
  starting.catch(() => undefined);
  const { client, native } = await opening;
  const [hello, stored, page, engine] = await Promise.all([
    client.call('hello', {}),
    client.call('settingsRead', {}).catch(() => ({})),
    naming,
    starting,
  ]);

  const session = createSession(hello);
  const compute = createComputeClient({
    program: hello.program,
    series: () => computable(plan.getState().plan, session.getState().series),
    pixels: {
      loaded(seriesInstanceUID, part) {
        const series = session
          .getState()
          .series.find((one) => one.seriesInstanceUID === seriesInstanceUID && one.part === part);
        return series === undefined
          ? Promise.reject(new Error('The series is no longer open.'))
          : Promise.resolve(pixels.load(series));
      },
    },
  });
  const pixels: SessionPixels = createSessionPixels(engine, (key) => compute.release(key));
  const plan = createPlanStore({
    host: client,
    evaluateInWorker: (document, run) => compute.evaluate(document, run),
    kinds,
    newId: () => crypto.randomUUID(),
    now: () => new Date().toISOString(),
    session: page,
    withStudies: (document) => withOpenStudies(document, session.getState().series),
  });
  const settings = createSettings(client, stored);
  followSettings(settings);
  const desk = createDesk({ client, native, engine, plan, settings, kinds, createTool, session, pixels });

  root.render(
    <StrictMode>
      <ErrorBoundary>
        <DeskContext value={desk}>
          <Window />
        </DeskContext>
      </ErrorBoundary>
    </StrictMode>,
  );
  let painted = false;
  void nextPaint().then(() => {
    painted = true;
    native?.painted();
  });
  if (hello.automation) window.seldingerAutomation = createAutomation(desk, () => painted);
  if (engine.limitation !== null) say(session, { tone: 'warning', say: engine.limitation });
  listenToThePage(desk, page);
  followNativeMenu(desk);
  followLostGraphics(desk);
  followPlan(desk);
  setInterval(() => void desk.plan.alive(), aliveMs);

  // Under automation nothing of a series is read before it is asked for.
  const sources = handedOver(location.hash);
  await openSources(desk, sources ?? hello.launch, { show: !hello.automation || sources !== null });
  session.setState({ launched: true });
}

/** The theme and the mouse's buttons are as the person chose them, now and whenever that changes. */
function followSettings(settings: SettingsStore): void {
  const light = matchMedia('(prefers-color-scheme: light)');
  const apply = (): void => {
    const { theme, mouseProfile, buttons } = settings.getState();
    document.documentElement.dataset['theme'] = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme;
    chooseButtons(buttonsOf(mouseProfile, buttons));
  };
  apply();
  settings.subscribe(apply);
  light.addEventListener('change', apply);
}

/** What the system and the browser tell: files handed over, the page going and coming back. */
function listenToThePage(desk: Desk, page: string): void {
  desk.native?.onOpen((sources) => void openSources(desk, sources, { show: true }));
  const showUnsaved = (): void => {
    const { unsaved, plan } = desk.plan.getState();
    const mark = unsaved && !isEmptyPlan(plan) ? '● ' : '';
    const name = desk.session.getState().planSource?.label ?? '';
    document.title = `${mark}${name === '' ? '' : `${name} – `}Seldinger`;
  };
  desk.plan.subscribe(showUnsaved);
  desk.session.subscribe((now, before) => {
    if (now.planSource !== before.planSource) showUnsaved();
  });
  // The desktop shell has no way yet to ask; its journal keeps the work, as here.
  if (desk.session.getState().hello?.door === 'browser')
    window.addEventListener('beforeunload', (event) => {
      const { unsaved, plan } = desk.plan.getState();
      if (unsaved && !isEmptyPlan(plan)) event.preventDefault();
    });
  // All locks are given back; committed edits are on the disk already. A page kept for coming back loads again then.
  window.addEventListener('pagehide', (event) => {
    void desk.settings.written();
    const gone = event.persisted ? desk.plan.close() : desk.client.call('sessionClose', { session: page });
    gone.catch(() => undefined);
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}

function nextPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

const place = document.getElementById('root');
if (place !== null) {
  const root = createRoot(place);
  start(root).catch((thrown: unknown) => {
    const { say: sentence, remedy } = sentenceOf(thrown);
    root.render(<Broken title="Seldinger could not start." say={sentence} remedy={remedy} />);
  });
}
