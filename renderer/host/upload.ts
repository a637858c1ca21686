import type { Source } from '../../src/contract/index.ts';
import { HostFault, type HostClient } from './client.ts';
import type { ChosenFile } from './dropped.ts';

/** Bytes of one piece: large enough to be quick, small enough to cancel soon. */
const pieceBytes = 4 * 1024 * 1024;

export interface UploadLimits {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Streams chosen files to the host's private folder of this launch, piece by piece.
 * @param onProgress fraction of the bytes sent, 0 to 1
 * @returns the source to scan
 * @throws HostFault 'too-large' before anything is sent where the limits are exceeded; AbortError when cancelled (the host then drops what it has).
 */
export async function uploadFiles(
  client: HostClient,
  chosen: readonly ChosenFile[],
  limits: UploadLimits,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Source> {
  const bytes = chosen.reduce((sum, { file }) => sum + file.size, 0);
  if (chosen.length === 0) throw new HostFault({ code: 'not-found', say: 'There is no file in what was chosen.' });
  if (chosen.length > limits.files)
    throw new HostFault({
      code: 'too-large',
      say: `${chosen.length} files are more than the ${limits.files} that can be handed over at once.`,
      remedy: 'Choose a smaller folder, or start the program with the folder as its argument.',
    });
  if (bytes > limits.bytes)
    throw new HostFault({
      code: 'too-large',
      say: `${gigabytes(bytes)} are more than the ${gigabytes(limits.bytes)} that can be handed over at once.`,
      remedy: 'Choose a smaller folder, or start the program with the folder as its argument.',
    });

  const roots = new Set(chosen.map(({ path }) => path.split('/')[0] ?? path));
  const folder = chosen.some(({ path }) => path.includes('/'));
  const first = [...roots][0] ?? '';
  const label = roots.size === 1 ? first : `${roots.size} items`;
  const { upload } = await client.call(
    'uploadBegin',
    { label, kind: folder ? 'folder' : 'files', files: chosen.length, bytes },
    signal,
  );
  try {
    let sent = 0;
    for (const { path, file } of chosen) {
      // An empty file is made too, so that the scan can name it as skipped.
      for (let offset = 0; offset === 0 || offset < file.size; offset += pieceBytes) {
        signal.throwIfAborted();
        const piece = file.slice(offset, Math.min(file.size, offset + pieceBytes));
        await client.piece({ upload, path, offset }, piece, signal);
        sent += piece.size;
        onProgress(bytes === 0 ? 1 : sent / bytes);
      }
    }
    const { source } = await client.call('uploadEnd', { upload }, signal);
    if (source === null) throw new HostFault({ code: 'internal', say: 'The host did not keep what was handed over.' });
    return source;
  } catch (thrown) {
    await client.call('uploadEnd', { upload, cancel: true }).catch(() => undefined);
    throw thrown;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
