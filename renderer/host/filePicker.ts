import { chosenOf, type ChosenFile } from './dropped.ts';

/** The browser's own dialog for files, or for a folder with everything below it; an empty list when cancelled. */
export function pickInBrowser(what: 'files' | 'folder' | 'plan'): Promise<ChosenFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = what === 'files';
    if (what === 'folder') input.webkitdirectory = true;
    if (what === 'plan') input.accept = '.json';
    input.hidden = true;
    const finish = (files: ChosenFile[]): void => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => finish(chosenOf(input.files ?? [])));
    input.addEventListener('cancel', () => finish([]));
    document.body.append(input);
    input.click();
  });
}
