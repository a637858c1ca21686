/** Sentence S-1: on the window's foot, every sheet and every table for people. */
export const caution =
  'Research and teaching software. Not a cleared medical device. ' +
  'Not for diagnosis, and not to guide treatment without independent check on approved systems.';
