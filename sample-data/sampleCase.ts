/** Takes one finished file; `path` is relative to the case's folder, with forward slashes. */
export type WriteFile = (path: string, bytes: Uint8Array) => void | Promise<void>;
export interface MakeOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number) => void;
  /** For tests: `small` is the same scene, cut down to what is measured in it. */
  readonly size?: 'whole' | 'small';
  /** For tests: off leaves the noise out. */
  readonly noise?: boolean;
  /** For tests: off leaves out what is measured (the contrast agent, the tumour, the nodule). */
  readonly finding?: boolean;
}

/** One invented patient. */
export interface SampleCase {
  /** Also the name of its folder. */
  readonly name: string;
  readonly title: string;
  /** Three lines for the welcome page: what to try on it. */
  readonly tries: readonly [string, string, string];
  /** Writes its DICOM files and `truth.json`; the same seed gives the same bytes. */
  make(seed: number, write: WriteFile, options: MakeOptions): Promise<void>;
}
