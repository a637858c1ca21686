import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../support/shared.ts';

const workflowSchema = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.object({
    test: z.object({
      strategy: z.object({ matrix: z.object({ os: z.array(z.string()) }) }),
      steps: z.array(
        z.object({ uses: z.string().optional(), run: z.string().optional(), if: z.string().optional() }).loose(),
      ),
    }),
  }),
});

describe('the workflow for three systems', () => {
  let workflow: z.infer<typeof workflowSchema>;
  /** What it runs on Linux, in order. */
  let commands: string[];
  beforeAll(() => {
    workflow = workflowSchema.parse(load(readFileSync(join(projectRoot, '.github/workflows/test.yml'), 'utf8')));
    commands = workflow.jobs.test.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  });
  const npm = (words: readonly string[], environment: Record<string, string> = {}) =>
    spawnSync('npm', words, {
      cwd: projectRoot,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      env: { ...process.env, ...environment },
    });
  /** An address where nothing answers: as on a machine that cannot have the binary. */
  const nowhere = { ELECTRON_MIRROR: 'http://127.0.0.1:9/' };

  it('runs on Linux, Windows and macOS, may only read, and takes actions of one owner', () => {
    expect(workflow.jobs.test.strategy.matrix.os.map((one) => one.replace(/-.*/, ''))).toEqual([
      'ubuntu',
      'windows',
      'macos',
    ]);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const { uses } of workflow.jobs.test.steps)
      if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/);
  });

  it('runs no command but these, in this order, and each is one that the tests below have run', () => {
    expect(commands).toEqual([
      'sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0',
      'npm ci --ignore-scripts',
      'npm test',
      'npm run test:electron',
      'npm run pack',
      'npm run test:electron -- --packed',
    ]);
    for (const { run, if: when } of workflow.jobs.test.steps)
      if (run?.includes('sudo') === true) expect(when).toBe("runner.os == 'Linux'");
  });

  it('installs: package.json and its lock file agree', () => {
    const { status, stderr } = npm(['ci', '--ignore-scripts', '--dry-run', '--offline', '--no-audit', '--no-fund']);
    expect(status, stderr).toBe(0);
  });

  it('tests by the command that continuous integration calls', () => {
    expect(readFileSync(join(projectRoot, '.ci/run'), 'utf8')).toContain('npm test');
  });

  it('tests with the real Electron, or says in a sentence that it did not and fails', () => {
    const { status, stdout } = npm(['run', '--silent', 'test:electron'], nowhere);
    if (status === 2) expect(stdout).toMatch(/^The tests with the real Electron did not run: .+\.$/m);
    else expect(status).toBe(0);
  });

  it('packs, or says in a sentence that it did not and fails', () => {
    const { status, stdout } = npm(['run', '--silent', 'pack'], nowhere);
    if (status === 2) expect(stdout).toMatch(/^Nothing was packed: .+\.$/m);
    else expect(status).toBe(0);
    const packed = npm(['run', '--silent', 'test:electron', '--', '--packed']);
    if (status === 2)
      expect([packed.status, packed.stdout]).toEqual([2, expect.stringContaining('run npm run pack first')]);
  });

  it.runIf(process.platform === 'linux')(
    'knows the kernel setting that it changes, or the kernel has no such limit',
    () => {
      const known = spawnSync('sysctl', ['-n', 'kernel.apparmor_restrict_unprivileged_userns'], { encoding: 'utf8' });
      if (known.error === undefined && known.status === 0) expect(known.stdout.trim()).toMatch(/^[01]$/);
      else expect(execFileSync('uname', ['-s'], { encoding: 'utf8' }).trim()).toBe('Linux');
    },
  );
});
