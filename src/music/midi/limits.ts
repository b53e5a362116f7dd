import { UserError, type UserErrorCode } from '../../errors/user-error.js';

/** How much of a MIDI file is read; beyond any of these the file is refused. */
export interface MidiLimits {
  readonly maxBytes: number;
  readonly maxTracks: number;
  /** Struck notes, drums included. */
  readonly maxNotes: number;
  /** Events of every kind: notes' starts and ends, pedals, bends, texts. */
  readonly maxEvents: number;
  /** From the first note struck to the last note released. */
  readonly maxSeconds: number;
}

/** For files that people hand over. */
export const uploadLimits: MidiLimits = {
  maxBytes: 256 * 1024,
  maxTracks: 64,
  maxNotes: 20_000,
  maxEvents: 100_000,
  maxSeconds: 600,
};

/** For files that a network trains on: whole recitals, chosen by whoever runs the training. */
export const corpusLimits: MidiLimits = {
  maxBytes: 4 * 1024 * 1024,
  maxTracks: 64,
  maxNotes: 100_000,
  maxEvents: 1_000_000,
  maxSeconds: 2 * 3600,
};

const refusals = {
  maxBytes: {
    code: 'midi.too-large',
    sentence: (actual: number, limit: number) =>
      `This file has ${kilobytes(actual)}; the limit is ${kilobytes(limit)}. Send a shorter excerpt.`,
  },
  maxTracks: {
    code: 'midi.too-many-tracks',
    sentence: (actual: number, limit: number) =>
      `This file has ${grouped(actual)} tracks; the limit is ${grouped(limit)}. Send it with fewer tracks.`,
  },
  maxNotes: {
    code: 'midi.too-many-notes',
    sentence: (actual: number, limit: number) =>
      `This file has ${grouped(actual)} notes; the limit is ${grouped(limit)}. Send a shorter excerpt.`,
  },
  maxEvents: {
    code: 'midi.too-many-events',
    sentence: (_: number, limit: number) =>
      `This file has more than ${grouped(limit)} events, which is the limit. Send a shorter excerpt, or one without pedal and bend data.`,
  },
  maxSeconds: {
    code: 'midi.too-long',
    sentence: (actual: number, limit: number) =>
      `This file lasts ${minutes(actual)}; the limit is ${minutes(limit)}. Send a shorter excerpt.`,
  },
} as const satisfies Readonly<
  Record<keyof MidiLimits, { code: UserErrorCode; sentence: (actual: number, limit: number) => string }>
>;

/**
 * @throws UserError when `actual` is above the limit; its sentence states both and what to do.
 */
export function checkMidiLimit(limits: MidiLimits, name: keyof MidiLimits, actual: number): void {
  const limit = limits[name];
  if (actual <= limit) return;
  const { code, sentence } = refusals[name];
  throw new UserError(code, sentence(actual, limit), { actual, limit });
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function kilobytes(bytes: number): string {
  return `${grouped(Math.ceil(bytes / 1024))} kB`;
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds);
  const rest = whole % 60;
  return `${grouped(Math.floor(whole / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
}
