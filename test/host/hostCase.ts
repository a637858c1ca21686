import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost, type Host, type HostOptions } from '../../src/host/index.ts';

/** A temporary place with a home folder, a data folder and a built page of three files. */
export interface HostCase {
  readonly folder: string;
  readonly home: string;
  readonly data: string;
  readonly page: string;
  host(options?: Partial<HostOptions>): Host;
  write(relative: string, bytes: Uint8Array | string): string;
  remove(): Promise<void>;
}

export function hostCase(): HostCase {
  const folder = mkdtempSync(path.join(tmpdir(), 'seldinger-host-'));
  const [home, data, page] = ['home', 'data', 'page'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(data);
  mkdirSync(path.join(page, 'assets'), { recursive: true });
  writeFileSync(
    path.join(page, 'index.html'),
    '<!doctype html><html><head><meta property="csp-nonce" content=""><title>Seldinger</title></head></html>',
  );
  writeFileSync(path.join(page, 'assets', 'page-1a2b.js'), 'export {};');
  writeFileSync(path.join(page, 'assets', 'codec.wasm'), new Uint8Array([0, 0x61, 0x73, 0x6d]));
  const hosts: Host[] = [];
  return {
    folder,
    home,
    data,
    page,
    host: (options = {}) => {
      const host = createHost({ home, door: 'browser', automation: false, launch: [], program: '0.0.0', ...options });
      hosts.push(host);
      return host;
    },
    write: (relative, bytes) => {
      const file = path.join(data, relative);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes);
      return file;
    },
    remove: async () => {
      for (const host of hosts) await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
