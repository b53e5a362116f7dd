/** The instruments of a piece: General MIDI programs, and whether there are drums. */
export interface Instruments {
  readonly programs: readonly number[];
  readonly hasDrums: boolean;
}

export const grandPiano = 0;

/**
 * The built-in program that plays each of the 128 General MIDI programs: itself if built in, otherwise the
 * nearest one in its family (pianos, mallets, organs, guitars, basses, strings, voices, brass, reeds, flutes,
 * leads, pads, world instruments). `assets/soundfont` contains the programs that play themselves.
 */
// prettier-ignore
const playedBy: readonly number[] = [
    0,   0,   4,   0,   4,   4,   6,   6, // pianos
   10,   9,  10,  11,  12,  12,  14,  10, // mallets and bells
   16,  16,  16,  19,  21,  21,  22,  21, // organs
   24,  25,  26,  27,  27,  29,  29,  25, // guitars
   32,  33,  33,  33,  33,  33,  38,  38, // basses
   40,  41,  42,  42,  48,  46,  46,  47, // strings
   48,  48,  48,  48,  52,  53,  53,  61, // many strings, voices
   56,  57,  58,  56,  60,  61,  61,  61, // brass
   65,  65,  65,  65,  68,  68,  70,  71, // reeds
   72,  73,  74,  74,  73,  73,  73,  73, // flutes
   80,  81,  80,  80,  81,  80,  81,  81, // leads
   89,  89,  89,  89,  89,  89,  89,  89, // pads
   97,  97,  97,  97,  97,  97,  97,  97, // synthetic effects
  107, 107, 107, 107, 108,  68,  40,  68, // world instruments
  112, 113, 114, 115, 116, 117, 118, 119, // pitched percussion
  120, 121, 122, 123, 124, 125, 126, 127, // noises
];

/** The built-in program that plays a General MIDI program, 0–127. */
export function nearestProgram(program: number): number {
  return playedBy[program] ?? grandPiano;
}

/** The built-in programs, including the grand piano. */
export const shippedPrograms: readonly number[] = [...new Set(playedBy)].sort((a, b) => a - b);

/** Programs with names in all languages: all except pitched percussion and noises. */
// prettier-ignore
export const namedPrograms = [
  0, 4, 6, 9, 10, 11, 12, 14, 16, 19, 21, 22, 24, 25, 26, 27, 29, 32, 33, 38, 40, 41, 42, 46, 47, 48, 52, 53, 56, 57,
  58, 60, 61, 65, 68, 70, 71, 72, 73, 74, 80, 81, 89, 97, 107, 108,
] as const;
export type NamedProgram = (typeof namedPrograms)[number];
