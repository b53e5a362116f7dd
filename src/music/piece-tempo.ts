/** The tempo of a finished piece, from its opening's and the speed factor. */
export function pieceTempo(openingBpm: number, speed: number): number {
  return writableTempo(openingBpm, speed) * speed;
}

/**
 * The opening's tempo, doubled until a MIDI file can state its product with the speed factor: Set-Tempo has
 * 24 bits of microseconds a beat, so 3.58 beats a minute is the slowest. The sound does not change, only the
 * beat is counted in halves. Only openings below 40 beats a minute at a tenth of their speed need it.
 */
export function writableTempo(tempoBpm: number, speed: number): number {
  return tempoBpm * speed < 4 ? writableTempo(tempoBpm * 2, speed) : tempoBpm;
}
