import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where settings, journals, samples and uploads live: SELDINGER_HOME, else the platform's application-data folder.
 * The only place that the program writes to, but for where the person saves.
 *
 * @param environment  As process.env.
 * @param platform     As process.platform.
 * @param home         The person's home folder.
 */
export function homeFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  home: string = homedir(),
): string {
  const chosen = environment['SELDINGER_HOME'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (platform === 'win32')
    return path.win32.join(environment['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'Seldinger');
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Seldinger');
  const xdg = environment['XDG_DATA_HOME'];
  // The XDG rules say that a relative value must be ignored.
  return path.posix.join(
    xdg !== undefined && xdg.startsWith('/') ? xdg : path.posix.join(home, '.local', 'share'),
    'seldinger',
  );
}

/** Makes a folder that only its owner may look into, with its parents. Returns it. */
export function privateFolder(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
