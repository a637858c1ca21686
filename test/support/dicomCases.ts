import { words, type DicomElements } from './dicomWriter.ts';

export interface SliceOptions {
  readonly rows?: number;
  readonly columns?: number;
  readonly position?: readonly number[];
  readonly orientation?: readonly number[];
  /** [between rows, between columns], mm. */
  readonly spacing?: readonly number[];
  readonly number?: number;
  readonly seriesUID?: string;
  readonly sopUID?: string;
  readonly intercept?: number;
  readonly slope?: number;
  /** Stored values, row by row; default all `1024`. */
  readonly stored?: ArrayLike<number>;
  readonly signed?: boolean;
  readonly more?: DicomElements;
}

export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
export const XA_IMAGE = '1.2.840.10008.5.1.4.1.1.12.1';

/** The elements of one invented axial CT slice; `more` adds or replaces. Write it with `writeDicom`. */
export function ctSlice(options: SliceOptions = {}): DicomElements {
  const rows = options.rows ?? 8;
  const columns = options.columns ?? 8;
  const number = options.number ?? 1;
  const seriesUID = options.seriesUID ?? '1.2.826.1';
  return {
    '0008,0016 UI': CT_IMAGE,
    '0008,0018 UI': options.sopUID ?? `${seriesUID}.${number}`,
    '0008,0060 CS': 'CT',
    '0008,0005 CS': 'ISO_IR 192',
    '0010,0010 PN': 'Test^Person',
    '0010,0020 LO': 'T1',
    '0020,000D UI': '1.2.826.0.1',
    '0020,000E UI': seriesUID,
    '0020,0052 UI': '1.2.826.0.2',
    '0020,0013 IS': String(number),
    '0020,0032 DS': (options.position ?? [0, 0, number]).map(String),
    '0020,0037 DS': (options.orientation ?? [1, 0, 0, 0, 1, 0]).map(String),
    '0028,0030 DS': (options.spacing ?? [1, 1]).map(String),
    '0028,0002 US': 1,
    '0028,0004 CS': 'MONOCHROME2',
    '0028,0010 US': rows,
    '0028,0011 US': columns,
    '0028,0100 US': 16,
    '0028,0101 US': 16,
    '0028,0102 US': 15,
    '0028,0103 US': options.signed === true ? 1 : 0,
    '0028,1052 DS': String(options.intercept ?? -1024),
    '0028,1053 DS': String(options.slope ?? 1),
    '0028,1054 LO': 'HU',
    '7FE0,0010 OW': words(options.stored ?? new Array<number>(rows * columns).fill(1024)),
    ...options.more,
  };
}
