import { openFragmentName, sourceSchema, type Source } from '../../src/contract/index.ts';
import { parsePlan } from '../../src/plan/index.ts';
import { say } from '../state/index.ts';
import type { Desk } from './desk.ts';

/** Opens a further window on the images that are open here, for another monitor. */
export function openSecondWindow({ session, native }: Desk): void {
  const { sources } = session.getState();
  if (native !== null) return native.secondWindow([...sources]);
  const address = new URL(location.href);
  address.hash = new URLSearchParams({ [openFragmentName]: JSON.stringify(sources) }).toString();
  // The new window takes over this one's session storage, and with it the key of the host.
  const opened = window.open(address, '_blank', `popup,width=${outerWidth},height=${outerHeight}`);
  if (opened === null)
    say(session, {
      tone: 'warning',
      say: 'The browser did not open a second window.',
      remedy: 'Allow this page to open windows, then try again.',
    });
}

/** What the window that opened this one had open; null: this one was opened by itself. */
export function handedOver(fragment: string): readonly Source[] | null {
  const given = new URLSearchParams(fragment.replace(/^#/, '')).get(openFragmentName);
  if (given === null) return null;
  try {
    return sourceSchema.array().parse(JSON.parse(given));
  } catch {
    return null;
  }
}

/** Between two tellings of the plan, ms: a drag changes it with every move of the hand. */
const tellEveryMs = 100;

/** The window that may change the plan tells it to those that only show it, so that both monitors show the same. */
export function followPlan({ plan }: Desk): void {
  const channel = new BroadcastChannel('seldinger-plan');
  let told = plan.getState().plan;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    waiting = undefined;
    const { plan: present, readOnly } = plan.getState();
    if (readOnly || present === told) return;
    told = present;
    channel.postMessage(present);
  };
  plan.subscribe(() => {
    waiting ??= setTimeout(tell, tellEveryMs);
  });
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (plan.getState().readOnly) plan.follow(parsePlan(data));
  });
}
