import { z } from 'zod';
import { chordKinds } from '../music/theory/chord.js';
import { tonics } from '../music/theory/key.js';
import { roles } from '../music/track.js';
import {
  instrumentClasses,
  sectionLetters,
  taughtGenres,
  taughtStyles,
  type BarSpan,
  type PlannedChord,
  type PlannedMeter,
  type PlannedPart,
  type PlannedSection,
  type SongNote,
  type SongPlan,
} from '../plan/song-plan.js';
import { keySchema, type Fields } from './fields.js';

const count = z.int().min(0);
const sevenBits = z.int().min(0).max(127);

const meter = z.strictObject({
  bar: count,
  numerator: z.int().min(1),
  denominator: z.int().min(1),
} satisfies Fields<PlannedMeter>);

const chord = z.strictObject({
  onset: count,
  root: z.enum(tonics),
  kind: z.enum(chordKinds),
  tones: z.array(z.int().min(0).max(11)).exactOptional(),
  bass: z.enum(tonics).exactOptional(),
  symbol: z.string().max(40).exactOptional(),
} satisfies Fields<PlannedChord>);

const section = z.strictObject({
  bar: count,
  letter: z.enum(sectionLetters),
  timesBefore: count,
} satisfies Fields<PlannedSection>);

const span = z.strictObject({ first: count, end: count } satisfies Fields<BarSpan>);

const part = z.strictObject({
  instrument: z.enum(instrumentClasses),
  role: z.enum(roles),
  program: sevenBits,
  name: z.string(),
  range: z.tuple([sevenBits, sevenBits]),
  isMonophonic: z.boolean(),
  isPatterned: z.boolean(),
  plays: z.array(span),
} satisfies Fields<PlannedPart>);

const planFields = {
  style: z.string(),
  taught: z.enum(taughtStyles),
  genre: z.enum(taughtGenres).exactOptional(),
  bpm: z.number().positive(),
  key: keySchema,
  barCount: z.int().min(1),
  meters: z.array(meter).min(1),
  chords: z.array(chord).min(1),
  chordsGiven: z.boolean(),
  sections: z.array(section).min(1),
  parts: z.array(part).min(1),
  density: z.number().min(0).max(1).exactOptional(),
} satisfies Fields<SongPlan>;

/** A plan in records and jobs. */
export const planSchema: z.ZodType<SongPlan> = z.strictObject(planFields);

/** A note of a song in records and jobs. */
export const songNoteSchema = z.strictObject({
  onset: count,
  part: count,
  pitch: sevenBits,
  duration: z.int().min(1),
  velocity: z.int().min(1).max(127),
} satisfies Fields<SongNote>);
