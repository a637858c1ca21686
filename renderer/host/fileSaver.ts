interface SaveFileHandle {
  readonly name: string;
  createWritable(): Promise<{ write(content: string | Blob): Promise<void>; close(): Promise<void> }>;
}
declare global {
  interface Window {
    showSaveFilePicker?(options: {
      suggestedName: string;
      types: { description: string; accept: Record<string, string[]> }[];
    }): Promise<SaveFileHandle>;
  }
}

/** How the browser's dialog names a kind of file. */
interface FileType {
  readonly description: string;
  readonly mime: string;
  readonly ending: string;
}

/**
 * Saves a text or bytes where the person chooses (where the browser has such a dialog), else into the downloads folder.
 * @param ask false: straight to the downloads
 * @returns the name it was saved under, or null when cancelled
 */
export async function saveInBrowser(
  suggestedName: string,
  content: string | Blob,
  ask: boolean,
  type: FileType = { description: 'Seldinger plan', mime: 'application/json', ending: '.json' },
): Promise<string | null> {
  if (ask && window.showSaveFilePicker !== undefined) {
    try {
      const handle = await window.showSaveFilePicker({
        suggestedName,
        types: [{ description: type.description, accept: { [type.mime]: [type.ending] } }],
      });
      const file = await handle.createWritable();
      await file.write(content);
      await file.close();
      return handle.name;
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
      // No such dialog here (an embedded page, a policy): the downloads folder still works.
    }
  }
  const url = URL.createObjectURL(new Blob([content], { type: type.mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = suggestedName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return suggestedName;
}
