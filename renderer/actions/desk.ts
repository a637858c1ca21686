import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NativeBridge } from '../../src/contract/index.ts';
import type { MeasurementKind } from '../../src/measurements/index.ts';
import type { Engine } from '../cornerstone/types.ts';
import type { HostClient } from '../host/index.ts';
import type { CreateTool, Tool } from '../marks/types.ts';
import {
  createAlongStore,
  createSessionViews,
  shareWindows,
  type AlongStore,
  type PlanStore,
  type PointerReading,
  type SessionPixels,
  type SessionStore,
  type SessionViews,
  type SettingsStore,
} from '../state/index.ts';
import { marksPort } from './marksPort.ts';

/** Everything an action may touch; made once in main.tsx, handed down as it is. */
export interface Desk {
  readonly client: HostClient;
  /** The desktop's dialogs; null in a browser. */
  readonly native: NativeBridge<File> | null;
  readonly engine: Engine;
  readonly session: SessionStore;
  readonly plan: PlanStore;
  readonly settings: SettingsStore;
  readonly views: SessionViews;
  /** The followed line on show, and the place on it. */
  readonly along: AlongStore;
  readonly tool: Tool;
  readonly kinds: readonly MeasurementKind[];
  readonly pixels: SessionPixels;
  readonly pointer: StoreApi<PointerReading | null>;
}

export interface DeskParts {
  readonly client: HostClient;
  readonly native: NativeBridge<File> | null;
  readonly engine: Engine;
  readonly plan: PlanStore;
  readonly settings: SettingsStore;
  readonly kinds: readonly MeasurementKind[];
  readonly createTool: CreateTool;
  readonly session: SessionStore;
  readonly pixels: SessionPixels;
}

export function createDesk({
  client,
  native,
  engine,
  plan,
  settings,
  kinds,
  createTool,
  session,
  pixels,
}: DeskParts): Desk {
  const views = createSessionViews(session);
  shareWindows(session, views);
  const along = createAlongStore(session, plan, views);
  const tool = createTool(marksPort({ plan, session, views, along, kinds }));
  return {
    client,
    native,
    engine,
    session,
    plan,
    settings,
    views,
    along,
    tool,
    kinds,
    pixels,
    pointer: createStore<PointerReading | null>(() => null),
  };
}
