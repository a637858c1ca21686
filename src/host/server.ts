import type { Server } from 'node:http';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import {
  fragmentName,
  keyHeader,
  pageHeader,
  sessionPath,
  sessionRequestSchema,
  type HostError,
} from '../contract/index.ts';
import { createApp, errorAnswer } from './app.ts';
import type { Host } from './host.ts';
import { createPageSockets } from './pageSockets.ts';
import { createSession } from './session.ts';

export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Whether the URL may be used again. */
  readonly reusable: boolean;
  readonly staticFolder: string;
}
export interface RunningServer {
  readonly port: number;
  /** With the launch's secret in the fragment. */
  readonly url: string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/**
 * The browser door: a server on the loopback address alone. Every request must name it as its host (a foreign name
 * that was made to point here does not), come from its own page or from none, and every method needs the session key.
 *
 * @throws a system error when the port is taken.
 */
export async function startServer(host: Host, options: ServerOptions): Promise<RunningServer> {
  const session = createSession(options.reusable);
  const app = createApp(host, {
    staticFolder: options.staticFolder,
    mayCall: (request) => session.isKey(request.headers.get(keyHeader)),
  });
  let port = 0;
  const heard = createPageSockets((page) => host.pageLost(page));
  const fetch = async (request: Request, { incoming }: HttpBindings | Http2Bindings): Promise<Response> => {
    const why = foreign(request, port);
    if (why !== undefined) return errorAnswer(why);
    const page = request.headers.get(pageHeader);
    if (page !== null && page.length <= longestPageName && session.isKey(request.headers.get(keyHeader)))
      heard(page, incoming.socket);
    if (new URL(request.url).pathname === sessionPath) return trade(request, (token) => session.trade(token));
    return app.fetch(request);
  };
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false });
  if (!isHttpServer(server)) throw new TypeError('the adaptor made no HTTP server');
  // Uploads of gigabytes take longer than the five minutes that Node allows a request.
  server.requestTimeout = 0;
  // A page says every 20 s, hidden every minute, that it is there: its connection must last as long.
  server.keepAliveTimeout = 160_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}/#${fragmentName}=${session.secret}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A UUID has 36 characters. */
const longestPageName = 100;

function isHttpServer(server: unknown): server is Server {
  return typeof server === 'object' && server !== null && 'closeAllConnections' in server;
}

/** Why a request does not come from our own page, or undefined when it does. */
export function foreign(request: Request, port: number): HostError | undefined {
  const refused = (say: string): HostError => ({ code: 'forbidden', say });
  if (request.headers.get('host') !== `127.0.0.1:${port}`) return refused('This address is not served here.');
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== `http://127.0.0.1:${port}`) return refused('Another page may not ask here.');
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return refused('Another page may not ask here.');
  return undefined;
}

async function trade(request: Request, key: (token: string) => string | undefined): Promise<Response> {
  if (request.method !== 'POST') return errorAnswer({ code: 'not-found', say: 'There is no such page.' });
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  const text = length <= 4096 ? await request.text() : '';
  const body = sessionRequestSchema.safeParse(parsed(text));
  const traded = body.success ? key(body.data.token) : undefined;
  if (traded === undefined) {
    return errorAnswer({
      code: 'forbidden',
      say: 'This address is no longer valid.',
      remedy: 'Start Seldinger again and open the address it prints.',
    });
  }
  return Response.json({ key: traded }, { headers: { 'Cache-Control': 'no-store' } });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
