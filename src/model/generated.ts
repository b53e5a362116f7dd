/** A note as a network composes it, before it is placed in time. */
export interface GeneratedNote {
  /** MIDI pitch, integer 0–127. */
  readonly pitch: number;
  /** Seconds from the onset of the note before to the onset of this one, ≥ 0. */
  readonly stepSeconds: number;
  /** Seconds, ≥ 0. A note of 0 s is a rest: it advances time and is not sounded. */
  readonly durationSeconds: number;
  /** How much louder than its neighbours, in standard deviations of the opening's loudness; absent: not at all. */
  readonly accent?: number;
  /** MIDI velocity, 1–127, of a network that predicts it; absent: as the opening's, with the accent. */
  readonly velocity?: number;
}
