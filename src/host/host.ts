import type { methods, Input, MethodName, Output, Source } from '../contract/index.ts';

type Answer<M extends MethodName> = (typeof methods)[M]['answer'];

/** What a door hands along with a call. `signal`: the caller has gone; `body`: of methods whose body is bytes. */
export interface Call {
  readonly signal: AbortSignal;
  readonly body?: AsyncIterable<Uint8Array>;
}

/** One implementation by the kind of its answer in the table. */
export type Implementation<M extends MethodName> =
  Answer<M> extends 'json'
    ? (input: Input<M>, call: Call) => Promise<Output<M>>
    : Answer<M> extends 'lines'
      ? (input: Input<M>, call: Call) => AsyncIterable<Output<M>>
      : (input: Input<M>, call: Call) => ReadableStream<Uint8Array>;

/** The table of methods with their implementations, and what only the doors themselves may ask. */
export interface Host {
  readonly methods: { readonly [M in MethodName]: Implementation<M> };
  /** Grants what the person chose in a dialog, by a drop or on the command line. @throws HostFault. */
  grantPaths(paths: readonly string[]): Source;
  /** Grants a place to save a plan. @throws HostFault or a system error when its folder is not there. */
  grantPlanTarget(path: string): Source;
  /** A page's connections are all closed: it has gone without a word, unless it calls again. */
  pageLost(page: string): void;
  /** Journals closed, uploads removed, thread ended. May be called twice. */
  close(): Promise<void>;
}
