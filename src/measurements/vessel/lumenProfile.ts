/** The lumen along a vessel, equally long lists, ascending positions in mm. */
export interface LumenProfile {
  readonly position: readonly number[];
  readonly area: readonly number[];
  readonly meanDiameter: readonly number[];
  readonly minimumDiameter: readonly number[];
  /** Places that are no measure of the vessel itself: branches. */
  readonly doubtful: readonly boolean[];
  /** How far the picture smears the vessel along its own length, one standard deviation, mm. */
  readonly smearMm: number;
  /** Areas below these are none: noise makes as much. */
  readonly noLumenMm2: readonly number[];
}
