/** A note as composed by a network, before its onset is fixed. */
export interface GeneratedNote {
  /** MIDI pitch, integer 0–127. */
  readonly pitch: number;
  /** Time from the previous onset to this one, in seconds, ≥ 0. */
  readonly stepSeconds: number;
  /** In seconds, ≥ 0. A note of 0 s is a rest: it advances time and does not sound. */
  readonly durationSeconds: number;
  /** Loudness relative to its neighbours, in standard deviations of the opening's velocities; default 0. */
  readonly accent?: number;
  /** MIDI velocity, 1–127, if the network predicts it; otherwise derived from the opening and the accent. */
  readonly velocity?: number;
}
