import { describe, expect, it } from 'vitest';
import { createFetchClient, HostFault, uploadFiles, type HostClient } from '../../../renderer/host/index.ts';

const source = { id: 's', label: 'case', kind: 'folder' as const };

describe('the client of both doors', () => {
  it('posts to /api/METHOD with the session key and reads the answer by the table', async () => {
    const asked: [string, string | null, unknown][] = [];
    const client = createFetchClient({
      origin: 'http://localhost:1',
      headers: { 'x-seldinger-key': 'k' },
      fetch: async (input, init) => {
        const request = new Request(input, init);
        asked.push([request.url, request.headers.get('x-seldinger-key'), await request.json()]);
        return Response.json({ source });
      },
    });
    expect(await client.call('reopen', { recent: 'r' })).toEqual({ source });
    expect(asked).toEqual([['http://localhost:1/api/reopen', 'k', { recent: 'r' }]]);
  });

  it('turns a refusal into its sentence, and a silent host into one of ours', async () => {
    const refusing = createFetchClient({
      origin: '',
      headers: {},
      fetch: () => Promise.resolve(Response.json({ code: 'not-found', say: 'The folder is gone.' }, { status: 404 })),
    });
    await expect(refusing.call('hello', {})).rejects.toThrow('The folder is gone.');
    await expect(refusing.call('hello', {})).rejects.toBeInstanceOf(HostFault);
    const silent = createFetchClient({
      origin: '',
      headers: {},
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    await expect(silent.call('hello', {})).rejects.toThrow('The program behind this window does not answer.');
  });
});

describe('handing files over', () => {
  function host(): { client: HostClient; pieces: string[]; ended: unknown[] } {
    const pieces: string[] = [];
    const ended: unknown[] = [];
    const answers: Record<string, unknown> = { uploadBegin: { upload: 'u' }, uploadEnd: { source } };
    const client = createFetchClient({
      origin: 'http://localhost:1',
      headers: {},
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const url = new URL(request.url);
        const method = url.pathname.split('/').at(-1) ?? '';
        if (method === 'uploadPiece') {
          const query: { path: string; offset: number } = JSON.parse(url.searchParams.get('input') ?? '');
          const size = (await request.arrayBuffer()).byteLength;
          pieces.push(`${query.path} ${query.offset} ${size}`);
          return Response.json({ received: size });
        }
        if (method === 'uploadEnd') ended.push(await request.json());
        return Response.json(answers[method]);
      },
    });
    return { client, pieces, ended };
  }
  const file = (name: string, bytes: number): File => new File([new Uint8Array(bytes)], name);
  const limits = { files: 3, bytes: 20 * 1024 * 1024 };

  it('sends every file in pieces of 4 MiB, an empty one too, and says how far it is', async () => {
    const { client, pieces } = host();
    const told: number[] = [];
    const chosen = [
      { path: 'case/a.dcm', file: file('a.dcm', 9 * 1024 * 1024) },
      { path: 'case/empty', file: file('empty', 0) },
    ];
    expect(
      await uploadFiles(client, chosen, limits, (fraction) => told.push(fraction), new AbortController().signal),
    ).toEqual(source);
    expect(pieces).toEqual([
      'case/a.dcm 0 4194304',
      'case/a.dcm 4194304 4194304',
      'case/a.dcm 8388608 1048576',
      'case/empty 0 0',
    ]);
    expect(told.at(-1)).toBe(1);
  });

  it('refuses too many and too large before a byte is sent, and drops what it has when cancelled', async () => {
    const { client, pieces, ended } = host();
    const signal = new AbortController().signal;
    const many = [1, 2, 3, 4].map((n) => ({ path: `${n}`, file: file(`${n}`, 1) }));
    await expect(uploadFiles(client, many, limits, () => undefined, signal)).rejects.toThrow(
      /4 files are more than the 3/,
    );
    await expect(
      uploadFiles(client, [{ path: 'x', file: file('x', 30 * 1024 * 1024) }], limits, () => undefined, signal),
    ).rejects.toThrow(/GB are more/);
    expect(pieces).toEqual([]);
    const abort = new AbortController();
    const going = uploadFiles(
      client,
      [{ path: 'x', file: file('x', 9 * 1024 * 1024) }],
      limits,
      () => abort.abort(),
      abort.signal,
    );
    await expect(going).rejects.toThrow();
    expect(ended).toEqual([{ upload: 'u', cancel: true }]);
  });
});
