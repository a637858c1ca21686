import { writeDicom } from './dicomWriter.ts';

/** A table of contents (DICOMDIR) that lists these files; `parts`: of the name, as between backslashes. */
export function dicomdir(
  listed: readonly { readonly parts: readonly string[]; readonly sopUID?: string; readonly inUse?: number }[],
): Uint8Array<ArrayBuffer> {
  return writeDicom({
    '0002,0002 UI': '1.2.840.10008.1.3.10',
    '0002,0003 UI': '1.2.826.9',
    '0004,1130 CS': 'DISC',
    '0004,1220 SQ': [
      { '0004,1410 US': 0xffff, '0004,1430 CS': 'PATIENT', '0010,0010 PN': 'Test^Person' },
      ...listed.map(({ parts, sopUID, inUse }) => ({
        '0004,1410 US': inUse ?? 0xffff,
        '0004,1430 CS': 'IMAGE',
        '0004,1500 CS': [...parts],
        ...(sopUID === undefined ? {} : { '0004,1511 UI': sopUID }),
      })),
    ],
  });
}
