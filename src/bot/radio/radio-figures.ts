/** Figures of all radios. */
export interface RadioFigures {
  /** Current numbers. */
  readonly playing: number;
  readonly listeners: number;
  /** Since the bot started: pieces started, packets sent, audible gaps, and how often a radio ran out of sound. */
  readonly pieces: number;
  readonly packets: number;
  readonly gaps: number;
  readonly starved: number;
}
