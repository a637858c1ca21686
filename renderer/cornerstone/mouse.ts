/** What a drag on a picture does while no tool is armed. */
export type DragJob = 'window' | 'pan' | 'zoom' | 'scroll' | 'none';
/** Buttons that can be held: one, or the two outer ones together (a mouse without a middle one). */
export type Grip = 'left' | 'middle' | 'right' | 'both';
export type Buttons = Readonly<Record<Grip, DragJob>>;

export const grips: readonly { readonly grip: Grip; readonly title: string }[] = [
  { grip: 'left', title: 'Left button' },
  { grip: 'middle', title: 'Middle button' },
  { grip: 'right', title: 'Right button' },
  { grip: 'both', title: 'Left and right together' },
];
export const dragJobs: readonly { readonly job: DragJob; readonly title: string }[] = [
  { job: 'window', title: 'Window and level' },
  { job: 'pan', title: 'Move the picture' },
  { job: 'zoom', title: 'Zoom' },
  { job: 'scroll', title: 'Scroll' },
  { job: 'none', title: 'Nothing' },
];

/** The profiles of the clinical page, 2.1: what most viewers agree on, and the one with the window on the right button. */
export const mouseProfiles: readonly { readonly name: string; readonly title: string; readonly buttons: Buttons }[] = [
  { name: 'standard', title: 'Standard', buttons: { left: 'window', middle: 'pan', right: 'zoom', both: 'pan' } },
  {
    name: 'right-window',
    title: 'Right-drag window',
    buttons: { left: 'scroll', middle: 'pan', right: 'window', both: 'zoom' },
  },
];

/**
 * A profile with a person's own choices laid over it; what is no profile, button or job is passed over.
 * @param own  job by button, as the settings keep it
 */
export function buttonsOf(profile: string, own: Readonly<Record<string, string>>): Buttons {
  const base = (mouseProfiles.find(({ name }) => name === profile) ?? mouseProfiles[0])?.buttons;
  const jobOf = (grip: Grip): DragJob => dragJobs.find(({ job }) => job === own[grip])?.job ?? base?.[grip] ?? 'none';
  return { left: jobOf('left'), middle: jobOf('middle'), right: jobOf('right'), both: jobOf('both') };
}

/** @param held  MouseEvent.buttons: 1 left, 2 right, 4 middle */
export function gripOf(held: number): Grip | null {
  if ((held & 4) !== 0) return 'middle';
  if ((held & 3) === 3) return 'both';
  if ((held & 1) !== 0) return 'left';
  return (held & 2) !== 0 ? 'right' : null;
}
