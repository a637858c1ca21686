// Which Chromium-like browser there is on this machine. Node built-ins only.
import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** WebGL2 in software and no first-run questions: what a test or benchmark needs, never given to a person's window. */
export const testFlags = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

/** Chromium refuses to start for root with its sandbox; nobody else loses it. */
export function sandboxFlags() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

const onPath = [
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chromium',
  'chromium-browser',
];

function installed() {
  const programs = [process.env.LOCALAPPDATA, process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']];
  if (process.platform === 'win32') {
    return programs
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Microsoft/Edge/Application/msedge.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
      ]);
  }
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Microsoft Edge.app/Contents/MacOS/Microsoft Edge'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
    ]);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return onPath.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** What `playwright install chromium` left in its own folder, the newest first. */
function fromPlaywright() {
  const home = homedir();
  const cache =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? home)
      : join(home, process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(cache, 'ms-playwright');
  const programs = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  try {
    const versions = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name));
    versions.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
    return versions.flatMap((version) => programs.map((program) => join(folder, version, program)));
  } catch {
    return [];
  }
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the first browser found: SELDINGER_BROWSER, then the system's, then Playwright's; undefined if none. */
export function findBrowser() {
  const asked = process.env.SELDINGER_BROWSER;
  if (asked) return isExecutable(asked) ? asked : undefined;
  return [...installed(), ...fromPlaywright()].find(isExecutable);
}
