import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  apiPrefix,
  electronHost,
  electronOrigin,
  electronScheme,
  errorCodes,
  hostErrorSchema,
  methods,
  nativeChannels,
  nativeInputs,
  scanEventSchema,
} from '../../src/contract/index.ts';
import { projectRoot } from '../support/shared.ts';

describe('the contract between window and host', () => {
  it('names every method so that it can stand in an address', () => {
    for (const name of Object.keys(methods)) expect(`${apiPrefix}${name}`).toMatch(/^\/api\/[a-zA-Z]+$/);
  });

  it('takes no path of the disk in any method but names below an upload', () => {
    for (const [name, { input }] of Object.entries(methods)) {
      const fields = Object.keys(input.shape);
      expect([name, fields.includes('path')]).toEqual([name, name === 'uploadPiece']);
      for (const field of ['file', 'folder', 'directory', 'root']) expect(fields).not.toContain(field);
    }
  });

  it('refuses input that does not fit, whatever it is', () => {
    for (const { input } of Object.values(methods)) {
      for (const wrong of [undefined, null, 'x', 1, [1]]) expect(input.safeParse(wrong).success).toBe(false);
    }
    expect(methods.frames.input.safeParse({ frames: [{ token: 'x', frame: 0 }] }).success).toBe(false);
    expect(methods.frames.input.safeParse({ frames: [{ token: 'x', frame: 1.5 }] }).success).toBe(false);
    expect(methods.uploadPiece.input.safeParse({ upload: 'x', path: 'y', offset: -1 }).success).toBe(false);
  });

  it('tells errors as data that a person can read', () => {
    for (const code of errorCodes) expect(hostErrorSchema.safeParse({ code, say: 'A sentence.' }).success).toBe(true);
    expect(hostErrorSchema.safeParse({ code: 'other', say: 'A sentence.' }).success).toBe(false);
    expect(scanEventSchema.safeParse({ type: 'failed', code: 'internal', say: 'A sentence.' }).success).toBe(true);
  });

  it('has one message for every native call, with its input checked', () => {
    expect(electronOrigin).toBe(`${electronScheme}://${electronHost}`);
    expect(new Set(Object.values(nativeChannels)).size).toBe(Object.keys(nativeChannels).length);
    expect(nativeInputs.pick.safeParse({ kind: 'disk' }).success).toBe(false);
    expect(nativeInputs.saveAs.safeParse({ suggestedName: '' }).success).toBe(false);
  });

  it('compiles no code at run time, which the page’s policy forbids', () => {
    expect(readFileSync(path.join(projectRoot, 'src/contract/methods.ts'), 'utf8')).toContain('jitless: true');
  });
});
