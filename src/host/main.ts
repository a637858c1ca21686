// The browser door as a program: dist/host/main.js [--serve] [--port N] [--automation] [PATH…].
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHost } from './createHost.ts';
import { HostFault, systemCode } from './fault.ts';
import { homeFolder } from './home.ts';
import type { Host } from './host.ts';
import { parseLaunchArguments } from './launchArguments.ts';
import { log, startLog } from './log.ts';
import { programVersion } from './programVersion.ts';
import { startServer, type RunningServer } from './server.ts';

/** Everything must be over within 2 s of the signal; what still hangs then is left. */
const endWithinMs = 1500;

async function main(argv: readonly string[]): Promise<void> {
  const parsed = parseLaunchArguments(argv);
  if (!parsed.ok) return giveUp(parsed.say);
  const { serve, automation, port, paths } = parsed.value;

  let ending = false;
  let host: Host | undefined;
  let server: RunningServer | undefined;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), endWithinMs).unref();
    void Promise.allSettled([server?.close(), host?.close()]).then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  // One forgotten promise must not take the person's window away; the journal is safe either way.
  process.on('unhandledRejection', (error) => log.error('a promise was forgotten', error));

  const home = homeFolder();
  const staticFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../renderer');
  if (!existsSync(path.join(staticFolder, 'index.html')))
    return giveUp('The window has not been built yet: run "npm run build".');
  try {
    host = createHost({ home, door: 'browser', automation, launch: paths, program: programVersion() });
    startLog(home, 'host');
    server = await startServer(host, { port, reusable: serve, staticFolder });
  } catch (error) {
    await host?.close();
    if (error instanceof HostFault) return giveUp(error.error.say);
    if (systemCode(error) === 'EADDRINUSE') return giveUp(`Port ${port} is in use by another program.`);
    if (systemCode(error) === 'EACCES' || systemCode(error) === 'EROFS' || systemCode(error) === 'ENOTDIR') {
      return giveUp(
        'The folder for settings (SELDINGER_HOME) or the port cannot be used: the system does not allow it.',
      );
    }
    log.error('the start failed', error);
    return giveUp('The program could not start.');
  }
  if (!ending) process.stdout.write(`listening: ${server.url}\n`);
}

function giveUp(say: string): void {
  process.stderr.write(`${say}\n`);
  process.exitCode = 2;
}

await main(process.argv.slice(2));
