import { connect } from 'node:net';

/** One request over a bare socket, so that any header can be said (fetch forbids Host and Origin). */
export function rawRequest(
  port: number,
  request: {
    readonly method?: string;
    readonly path?: string;
    readonly host?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const body = request.body ?? '';
  const lines = [
    `${request.method ?? 'GET'} ${request.path ?? '/'} HTTP/1.1`,
    `Host: ${request.host ?? `127.0.0.1:${port}`}`,
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('error', reject);
    socket.on('data', (text) => (answer += String(text)));
    socket.on('end', () => {
      const split = answer.indexOf('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]),
        head: answer.slice(0, split),
        body: answer.slice(split + 4),
      });
    });
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  });
}
