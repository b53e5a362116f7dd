import { UserError, type UserErrorCode } from '../../errors/user-error.js';

/** Limits on a MIDI file; it is rejected if it exceeds any of them. */
export interface MidiLimits {
  readonly maxBytes: number;
  readonly maxTracks: number;
  /** Struck notes, drums included. */
  readonly maxNotes: number;
  /** Events of all kinds: note-ons and note-offs, pedals, bends, texts. */
  readonly maxEvents: number;
  /** From the first note struck to the last note released. */
  readonly maxSeconds: number;
}

/** For uploaded files that are used in full. */
export const uploadLimits: MidiLimits = {
  maxBytes: 1024 * 1024,
  maxTracks: 64,
  maxNotes: 20_000,
  maxEvents: 250_000,
  maxSeconds: 1800,
};

/** For uploaded files to start from: after the opening, the file only has to be readable. */
export const beginningLimits: MidiLimits = { ...uploadLimits, maxNotes: 100_000, maxSeconds: Infinity };

/** For training files: whole recitals, chosen by whoever runs the training. */
export const corpusLimits: MidiLimits = {
  maxBytes: 4 * 1024 * 1024,
  maxTracks: 64,
  maxNotes: 100_000,
  maxEvents: 1_000_000,
  maxSeconds: 2 * 3600,
};

const codes = {
  maxBytes: 'midi.too-large',
  maxTracks: 'midi.too-many-tracks',
  maxNotes: 'midi.too-many-notes',
  maxEvents: 'midi.too-many-events',
  maxSeconds: 'midi.too-long',
} as const satisfies Readonly<Record<keyof MidiLimits, UserErrorCode>>;

/** @throws UserError with both values when `actual` exceeds the limit. */
export function checkMidiLimit(limits: MidiLimits, name: keyof MidiLimits, actual: number): void {
  const limit = limits[name];
  if (actual > limit) throw new UserError(codes[name], { actual, limit });
}
