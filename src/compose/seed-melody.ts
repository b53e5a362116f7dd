import { Note as PitchName } from 'tonal';
import { z } from 'zod';
import { byOnset, type Note } from '../music/note.js';
import type { Opening } from '../request/request.js';
import { parseKey } from '../music/theory/scale.js';

const pitch = z.string().transform((name, context) => {
  const midi = PitchName.midi(name);
  if (midi != null) return midi;
  context.addIssue({ code: 'custom', message: `“${name}” is not a pitch such as C4, F#3 or Bb5` });
  return z.NEVER;
});

/** Pitch name, onset and length in quarter-note beats, velocity. */
const note = z.tuple([pitch, z.number().min(0), z.number().positive(), z.int().min(1).max(127)]);

const seedMelody = z.strictObject({
  title: z.string().min(1),
  composer: z.string().min(1),
  /** Work, opus and bars, and how they were transcribed. */
  source: z.string().min(1),
  beatsPerMinute: z.number().min(20).max(300),
  timeSignature: z.tuple([z.int().min(1).max(32), z.literal([1, 2, 4, 8, 16, 32])]),
  /** For example `A minor`. */
  key: z.string().min(1),
  notes: z.array(note).min(1),
});

/**
 * Reads an opening from the JSON of `assets/seeds` (described in its README).
 * @throws z.ZodError naming what is invalid and where, or UserError for an unknown key
 */
export function parseSeedMelody(json: unknown): Opening {
  const { title, composer, beatsPerMinute, timeSignature, key, notes } = seedMelody.parse(json);
  const beatSeconds = 60 / beatsPerMinute;
  const [numerator, denominator] = timeSignature;
  const firstBeat = Math.min(...notes.map(([, onset]) => onset));
  return {
    title: `${composer}, ${title}`,
    tempoBpm: beatsPerMinute,
    timeSignature: { numerator, denominator },
    key: parseKey(key),
    notes: notes
      .map(([pitch, onset, length, velocity]): Note => ({
        pitch,
        onsetSeconds: (onset - firstBeat) * beatSeconds,
        durationSeconds: length * beatSeconds,
        velocity,
      }))
      .sort(byOnset),
  };
}
