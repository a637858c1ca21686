// The words: seldinger scan | measure | probe | sample-data.
export type { Io } from './io.ts';
export { run } from './run.ts';
