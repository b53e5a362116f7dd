/** Names of drums in the book, and their pitches in General MIDI's percussion map. */
export const drumPitches = {
  kick: 36,
  rim: 37,
  snare: 38,
  clap: 39,
  tom3: 43,
  hat: 42,
  pedal: 44,
  open: 46,
  tom2: 47,
  crash: 49,
  tom1: 50,
  ride: 51,
  bell: 53,
  tambourine: 54,
  cowbell: 56,
  bongo: 60,
  conga: 63,
  tumba: 64,
  timbale: 65,
  cabasa: 69,
  shaker: 70,
  clave: 75,
  block: 76,
  triangle: 81,
} as const;

export type DrumName = keyof typeof drumPitches;

/** Played with a foot; everything else with one of a drummer's two hands. */
export const footPitches: readonly number[] = [drumPitches.kick, drumPitches.pedal];
