import path from 'node:path';

/** Switches that would let another program look into the page; refused when packaged. */
const refusedSwitches = [
  '--remote-debugging-port',
  '--remote-debugging-pipe',
  '--inspect',
  '--inspect-brk',
  '--remote-allow-origins',
];

/** Whether a command line asks for what a packaged program must not do. */
export function asksForDebugging(argv: readonly string[]): boolean {
  return argv.some((word) =>
    refusedSwitches.some((refused) => word.toLowerCase() === refused || word.toLowerCase().startsWith(`${refused}=`)),
  );
}

/**
 * The files and folders of a command line as Electron hands it on.
 *
 * @param argv      With the program itself first; when it is not packaged, the application's folder second.
 * @param folder    What relative paths are meant from.
 * @param packaged  app.isPackaged
 */
export function openedPaths(argv: readonly string[], folder: string, packaged: boolean): string[] {
  const words = argv.slice(1);
  const paths: string[] = [];
  let applicationSeen = packaged;
  let onlyPaths = false;
  for (const word of words) {
    if (!onlyPaths && word === '--') {
      onlyPaths = true;
      continue;
    }
    // Chromium's and Electron's own switches come with a second launch, too; all are of the form --name[=value].
    if (!onlyPaths && word.startsWith('-')) continue;
    if (!applicationSeen) {
      applicationSeen = true;
      continue;
    }
    if (word === '' || word.includes('\0')) continue;
    paths.push(path.resolve(folder, word));
  }
  return paths;
}
