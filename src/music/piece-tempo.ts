/**
 * The opening's tempo, doubled until a MIDI file can store its product with the speed factor: Set-Tempo has
 * 24 bits of microseconds per beat, so 3.58 bpm is the minimum. The sound does not change, only beats are
 * counted in halves. Only openings below 40 bpm at a tenth of their speed need it.
 */
export function writableTempo(tempoBpm: number, speed: number): number {
  return tempoBpm * speed < 4 ? writableTempo(tempoBpm * 2, speed) : tempoBpm;
}
