import { createReadStream, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { isUnder } from './grants.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The file of the built page for a request's path, or undefined: only files that really lie in the folder, whatever
 * the path holds ('..', encoded or not, backslashes, drive letters, streams "name:other", NUL, links out).
 *
 * @param urlPath  As in the request, still percent-encoded, without the query.
 */
export function staticFile(folder: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  const name = decoded === '/' ? '/index.html' : decoded;
  if (!name.startsWith('/') || /[\0\\:]/.test(name)) return undefined;
  const parts = name.slice(1).split('/');
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.') || part.endsWith(' ')))
    return undefined;
  try {
    const root = realpathSync(folder);
    const real = realpathSync(path.join(root, ...parts));
    return isUnder(root, real) && statSync(real).isFile() ? real : undefined;
  } catch {
    return undefined;
  }
}

/** Answers with a file of the built page; the page itself gets the launch's nonce. */
export async function staticAnswer(folder: string, urlPath: string, nonce: string): Promise<Response> {
  const file = staticFile(folder, urlPath);
  if (file === undefined)
    return new Response('Not found.', {
      status: 404,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    });
  const type = types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
  if (file.endsWith('.html')) {
    const page = withNonce(await readFile(file, 'utf8'), nonce);
    return new Response(page, { headers: { 'Content-Type': type, 'Cache-Control': 'no-store' } });
  }
  // Vite puts a hash of the content into the names of what it builds there.
  const cache = urlPath.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  const size = statSync(file).size;
  const headers = { 'Content-Type': type, 'Cache-Control': cache, 'Content-Length': String(size) };
  if (size <= 1024 * 1024) return new Response(await readFile(file), { headers });
  return new Response(bodyOf(file), { headers });
}

function bodyOf(file: string): ReadableStream<Uint8Array> {
  const source = Readable.toWeb(createReadStream(file, { highWaterMark: 1024 * 1024 }));
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const step: { done: boolean; value?: unknown } = await reader.read();
      if (step.done) controller.close();
      else if (step.value instanceof Uint8Array) controller.enqueue(step.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function withNonce(page: string, nonce: string): string {
  const meta = `<meta property="csp-nonce" content="${nonce}">`;
  const there = /<meta\s[^>]*property=["']csp-nonce["'][^>]*>/i;
  return there.test(page) ? page.replace(there, meta) : page.replace(/<head[^>]*>/i, (head) => `${head}\n    ${meta}`);
}
