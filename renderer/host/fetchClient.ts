import {
  apiPrefix,
  hostErrorSchema,
  inputQuery,
  methods,
  type Input,
  type MethodName,
  type Output,
} from '../../src/contract/index.ts';
import { HostFault, type HostClient } from './client.ts';
import { readFrames } from './frameStream.ts';
import { readLines } from './lines.ts';

export interface FetchDoor {
  /** Scheme and host of the door; '' for the page's own. */
  readonly origin: string;
  /** Sent with every call (the session key of the browser door). */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
}

/** Both doors' client: one loop over the table of methods, over fetch. */
export function createFetchClient(door: FetchDoor): HostClient {
  const doFetch = door.fetch ?? globalThis.fetch.bind(globalThis);

  const post = async (
    method: MethodName,
    query: string,
    body: BodyInit,
    type: string,
    signal?: AbortSignal,
  ): Promise<Response> => {
    let response: Response;
    try {
      response = await doFetch(`${door.origin}${apiPrefix}${method}${query}`, {
        method: 'POST',
        headers: { ...door.headers, 'content-type': type },
        body,
        // Said while the page goes; it must still arrive.
        keepalive: 'keepalive' in methods[method],
        ...(signal ? { signal } : {}),
      });
    } catch (thrown) {
      if (signal?.aborted === true) throw thrown;
      throw new HostFault({
        code: 'internal',
        say: 'The program behind this window does not answer.',
        remedy: 'Start Seldinger again; committed edits are kept.',
      });
    }
    if (response.ok) return response;
    const said = hostErrorSchema.safeParse(await response.json().catch(() => null));
    throw new HostFault(
      said.success ? said.data : { code: 'internal', say: `The host answered ${response.status} to "${method}".` },
    );
  };
  const json = (method: MethodName, input: unknown, signal?: AbortSignal): Promise<Response> =>
    post(method, '', JSON.stringify(input), 'application/json', signal);
  const bodyOf = (response: Response): ReadableStream<Uint8Array> => {
    if (response.body === null) throw new HostFault({ code: 'internal', say: 'The host sent an empty answer.' });
    return response.body;
  };

  return {
    async call<M extends MethodName>(method: M, input: Input<M>, signal?: AbortSignal): Promise<Output<M>> {
      return parseAnswer(method, await (await json(method, input, signal)).json());
    },
    async lines<M extends MethodName>(
      method: M,
      input: Input<M>,
      onEvent: (event: Output<M>) => void,
      signal: AbortSignal,
    ): Promise<void> {
      const response = await json(method, input, signal);
      await readLines(bodyOf(response), (document) => onEvent(parseAnswer(method, document)));
    },
    async frames(asked, onFrame, onFault, signal) {
      const response = await json('frames', { frames: asked }, signal);
      await readFrames(bodyOf(response), onFrame, onFault);
    },
    async piece(query, bytes, signal) {
      const search = new URLSearchParams({ [inputQuery]: JSON.stringify(query) });
      const response = await post('uploadPiece', `?${search.toString()}`, bytes, 'application/octet-stream', signal);
      return parseAnswer('uploadPiece', await response.json()).received;
    },
  };
}

/** The table's own schema judges what came back. */
function parseAnswer<M extends MethodName>(method: M, answer: unknown): Output<M> {
  const schema: { parse(value: unknown): unknown } = methods[method].output;
  // The table pairs schema and type by the same key; the compiler cannot follow an indexed union through `parse`.
  return schema.parse(answer) as Output<M>;
}
