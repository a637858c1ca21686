import type { HostError, Input, MethodName, methods, Output } from '../../src/contract/index.ts';
import type { FrameSource } from '../cornerstone/types.ts';

type Answering<Answer> = { [M in MethodName]: (typeof methods)[M]['answer'] extends Answer ? M : never }[MethodName];
/** Methods that answer with one JSON document (pieces of an upload have their own call). */
export type JsonMethod = Exclude<Answering<'json'>, 'uploadPiece'>;
/** Methods that answer with events, one JSON document a line. */
export type LinesMethod = Answering<'lines'>;

/** The host as the window sees it: the same in both doors. Every call rejects with a `HostFault` that carries a sentence. */
export interface HostClient extends FrameSource {
  call<M extends JsonMethod>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>>;
  /** Resolves when the host has said everything; aborting the signal stops the host's work too. */
  lines<M extends LinesMethod>(
    method: M,
    input: Input<M>,
    onEvent: (event: Output<M>) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** One piece of one file of an upload; the bytes are the body. */
  piece(query: Input<'uploadPiece'>, bytes: Blob, signal: AbortSignal): Promise<number>;
}

/** A host's refusal inside the window. */
export class HostFault extends Error {
  readonly fault: HostError;
  constructor(fault: HostError) {
    super(fault.say);
    this.name = 'HostFault';
    this.fault = fault;
  }
}

/** What to say of anything that was thrown: our own sentences as they are, others as they came. */
export function sentenceOf(thrown: unknown): { readonly say: string; readonly remedy?: string } {
  if (thrown instanceof HostFault) {
    const { say, remedy } = thrown.fault;
    return remedy === undefined ? { say } : { say, remedy };
  }
  if (typeof thrown === 'object' && thrown !== null && 'say' in thrown && typeof thrown.say === 'string')
    return { say: thrown.say };
  if (thrown instanceof Error) return { say: thrown.message };
  return { say: String(thrown) };
}

export function isAbort(thrown: unknown): boolean {
  return (
    (thrown instanceof DOMException && thrown.name === 'AbortError') ||
    (thrown instanceof HostFault && thrown.fault.code === 'cancelled')
  );
}
