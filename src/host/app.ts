import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { apiPrefix, inputQuery, methods, type HostError, type MethodName } from '../contract/index.ts';
import { fault, toHostError } from './fault.ts';
import type { Call, Host } from './host.ts';
import { log } from './log.ts';
import { responseHeaders } from './responseHeaders.ts';
import { staticAnswer } from './staticFiles.ts';

export interface AppOptions {
  /** The folder of the built page (dist/renderer). */
  readonly staticFolder: string;
  /** Whether a request may call methods (the browser door: its session key). Static files need no permission. */
  readonly mayCall: (request: Request) => boolean;
}
export interface App {
  readonly fetch: (request: Request) => Promise<Response>;
}

/** No method but `frames` needs more; a plan with thousands of records is a few megabytes. */
const largestJsonBytes = 64 * 1024 * 1024;

const statusOf: Readonly<Record<HostError['code'], 400 | 403 | 404 | 409 | 413 | 415 | 422 | 499 | 500>> = {
  'bad-request': 400,
  forbidden: 403,
  'outside-root': 403,
  'not-found': 404,
  locked: 409,
  'too-large': 413,
  unsupported: 415,
  unreadable: 422,
  cancelled: 499,
  internal: 500,
};

/** The one handler behind both doors: every method of the table under /api/, and the built page. */
export function createApp(host: Host, options: AppOptions): App {
  const nonce = randomBytes(16).toString('base64');
  const headers = responseHeaders(nonce);
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
  });
  for (const name of methodNames()) {
    app.post(`${apiPrefix}${name}`, async (context) => {
      if (!options.mayCall(context.req.raw)) {
        return errorAnswer({
          code: 'forbidden',
          say: 'This page does not belong to the running program.',
          remedy: 'Open the address that the program printed.',
        });
      }
      return answer(host, name, context);
    });
  }
  app.all(`${apiPrefix}*`, () => errorAnswer({ code: 'not-found', say: 'There is no such method.' }));
  app.get('*', async (context) => staticAnswer(options.staticFolder, new URL(context.req.url).pathname, nonce));
  app.all('*', () => errorAnswer({ code: 'not-found', say: 'There is no such page.' }));
  app.onError((error) => errorAnswer(noted('a request', error)));
  return { fetch: async (request) => app.fetch(request) };
}

function methodNames(): MethodName[] {
  return Object.keys(methods).filter((name): name is MethodName => name in methods);
}

async function answer<M extends MethodName>(host: Host, name: M, context: Context): Promise<Response> {
  const controller = new AbortController();
  const { signal } = context.req.raw;
  if (signal.aborted) controller.abort();
  // Under protocol.handle only the body's cancel is heard, on a socket both: whichever comes first.
  signal.addEventListener('abort', () => controller.abort(), { once: true });
  try {
    const method: { answer: string; body?: string; pack?: (event: unknown) => unknown } = methods[name];
    const bytes = method.body === 'bytes';
    const input: unknown = methods[name].input.parse(bytes ? queryInput(context) : await jsonBody(context.req.raw));
    const call: Call = bytes
      ? { signal: controller.signal, body: bodyBytes(context.req.raw) }
      : { signal: controller.signal };
    // The table pairs each method's schema with its implementation by name, which the compiler cannot follow through a loop.
    const implementation = host.methods[name] as (input: unknown, call: Call) => unknown;
    const outcome = implementation(input, call);
    if (method.answer === 'json') {
      const output: unknown = checked(name, await outcome);
      return Response.json(output, { headers: { 'Cache-Control': 'no-store' } });
    }
    if (method.answer === 'lines' && isAsyncIterable(outcome)) {
      return stream('application/x-ndjson', linesOf(outcome, method.pack, controller));
    }
    if (outcome instanceof ReadableStream) return stream('application/octet-stream', outcome);
    throw new TypeError(`${name} has no answer`);
  } catch (error) {
    return errorAnswer(noted(name, error));
  }
}

/** What our own code made is checked too: a page must never meet what its schema does not know. */
function checked(name: MethodName, output: unknown): unknown {
  const parsed = methods[name].output.safeParse(output);
  if (!parsed.success) throw new TypeError(`${name} made an answer against its schema`);
  return parsed.data;
}

function stream(type: string, body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { 'Content-Type': type, 'Cache-Control': 'no-store' } });
}

function linesOf(
  events: AsyncIterable<unknown>,
  pack: ((event: unknown) => unknown) | undefined,
  controller: AbortController,
): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(out) {
      const step = await iterator.next();
      if (step.done === true) out.close();
      else out.enqueue(encoder.encode(`${JSON.stringify(pack === undefined ? step.value : pack(step.value))}\n`));
    },
    async cancel() {
      controller.abort();
      await iterator.return?.();
    },
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function queryInput(context: Context): unknown {
  const text = context.req.query(inputQuery) ?? fault('bad-request', 'The request lacks its input.');
  return parseJson(text);
}

async function jsonBody(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bodyBytes(request)) {
    length += chunk.length;
    if (length > largestJsonBytes) fault('too-large', 'The request is too large.');
    chunks.push(chunk);
  }
  return parseJson(length === 0 ? '{}' : Buffer.concat(chunks).toString('utf8'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fault('bad-request', 'The request is not JSON.');
  }
}

async function* bodyBytes(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const step: { done: boolean; value?: unknown } = await reader.read();
      if (step.done) return;
      if (step.value instanceof Uint8Array) yield step.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function noted(what: string, error: unknown): HostError {
  if (error instanceof Error && error.name === 'ZodError')
    return { code: 'bad-request', say: 'The request does not fit the contract.' };
  const said = toHostError(error);
  if (said.code === 'internal') log.error(`${what} failed`, error);
  return said;
}

export function errorAnswer(error: HostError): Response {
  const status = statusOf[error.code];
  return Response.json(error, { status, headers: { 'Cache-Control': 'no-store' } });
}
