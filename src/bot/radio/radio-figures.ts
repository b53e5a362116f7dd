/** Figures of all radios. */
export interface RadioFigures {
  /** Now. */
  readonly playing: number;
  readonly listeners: number;
  /** Since the start: pieces begun, packets sent, packets that were heard to be late, times without sound. */
  readonly pieces: number;
  readonly packets: number;
  readonly gaps: number;
  readonly starved: number;
}
