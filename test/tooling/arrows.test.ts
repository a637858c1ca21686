import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkArrows } from '../../scripts/check.mjs';
import { projectRoot } from '../support/shared.ts';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A copy of the rooms of src, with these files put in. */
async function copyWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seldinger-arrows-'));
  folders.push(folder);
  await cp(join(projectRoot, 'src'), join(folder, 'src'), { recursive: true });
  await Promise.all(['renderer', 'electron', 'sample-data'].map((room) => mkdir(join(folder, room))));
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, content] of Object.entries({ 'sample-data/index.ts': 'export {};\n', ...files })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

it('finds an arrow that runs the wrong way, a back door into a room, a circle, Node and Cornerstone out of place', async () => {
  const folder = await copyWith({
    'src/geometry/upward.ts': "import type { Plan } from '../plan/index.ts';\nexport type Up = Plan;\n",
    'src/measurements/backDoor.ts': "export { dot as door } from '../geometry/vec.ts';\n",
    'src/dicom/one.ts': "import { two } from './two.ts';\nexport const one = (): number => two();\n",
    'src/dicom/two.ts': "import { one } from './one.ts';\nexport const two = (): number => one();\n",
    'src/imaging/disk.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
    'src/export/screen.ts': "import { cache } from '@cornerstonejs/core';\nexport const screen = cache;\n",
    'renderer/panels/picture.ts': "import { cache } from '@cornerstonejs/core';\nexport const picture = cache;\n",
    'renderer/panels/disk.ts': "export * from '../../src/host/index.ts';\n",
    'renderer/state/upward.ts': "export * from '../panels/picture.ts';\n",
    'electron/reach.ts': "export * from '../src/geometry/index.ts';\n",
    'sample-data/reach.ts': "export * from '../src/plan/index.ts';\n",
    'src/host/decode.ts':
      "import codec from '@cornerstonejs/codec-charls/decodewasmjs';\nexport const decode = codec;\n",
  });
  const { ok, said } = await checkArrows(folder);
  expect(ok).toBe(false);
  for (const fault of [
    'arrow-geometry: src/geometry/upward.ts',
    'index-of-geometry: src/measurements/backDoor.ts',
    'no-circle: src/dicom/one.ts',
    'pure-knows-no-node: src/imaging/disk.ts',
    'pure-knows-no-screen: src/export/screen.ts',
    'cornerstone-in-one-place: renderer/panels/picture.ts',
    'arrow-renderer: renderer/panels/disk.ts',
    'layer-state: renderer/state/upward.ts',
    'arrow-electron: electron/reach.ts',
    'arrow-sample-data: sample-data/reach.ts',
    'codecs-in-one-place: src/host/decode.ts',
  ]) {
    expect(said).toContain(fault);
  }
}, 60_000);

it('fails when it read no module', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seldinger-arrows-'));
  folders.push(folder);
  await Promise.all(['src', 'renderer', 'electron', 'sample-data'].map((room) => mkdir(join(folder, room))));
  expect((await checkArrows(folder)).ok).toBe(false);
}, 60_000);
