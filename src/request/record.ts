import { z } from 'zod';
import { pieceTempo } from '../music/piece-tempo.js';
import { clearKey } from '../music/theory/key-estimate.js';
import { scaleNames, tonics } from '../music/theory/key.js';
import { uploadLimits, type MidiLimits } from '../music/midi/limits.js';
import { readMidi } from '../music/midi/read.js';
import type { Note } from '../music/note.js';
import type { Piece } from '../music/piece.js';
import { grids } from '../music/edit/quantise.js';
import type { CompositionRequest, Opening } from './request.js';
import { onTicks, statedTempo, tickSpan, withTickSpan } from '../music/ticks.js';
import type { Title } from '../music/title.js';
import { UserError } from '../errors/user-error.js';
import { densities, eras, moodNames, polyphonies } from './words/wishes.js';
import { composers } from './words/composer-names.js';

/**
 * The record that a composition carries in a text event of its MIDI file: everything that it was
 * asked for, so that the file alone is enough to make it again, vary it or go on from its end.
 * It is `musical-ai ` and JSON: the version of this format, the weights that composed, how many
 * of the file's notes were given, and the request. The opening's notes are listed as pitch, start
 * and length in ticks of its tempo, velocity; when it is a whole piece to go on from, they are
 * the file's own first notes.
 */
const prefix = 'musical-ai ';
const version = 1;

/** A composition as its file tells of it. */
export interface RecordedPiece {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly weights: string;
}

export const keySchema = z.object({ tonic: z.enum(tonics), scale: z.enum(scaleNames) });

const listedNote = z.tuple([
  z.int().min(0).max(127),
  z.int().min(0),
  z.int().min(1),
  z.int().min(1).max(127),
]);
type ListedNote = z.infer<typeof listedNote>;

export const openingSchema = z.object({
  title: z.string(),
  namedAfter: z.literal(true).exactOptional(),
  name: z.string().exactOptional(),
  tempoBpm: z.number().positive(),
  timeSignature: z.object({ numerator: z.int().min(1), denominator: z.int().min(1) }),
  key: keySchema.exactOptional(),
  /** Absent when they are the file's own. */
  notes: z.array(listedNote).min(1).exactOptional(),
});

export const requestSchema = z.object({
  notes: z.int().min(1),
  temperature: z.number().positive(),
  tempo: z.number().positive(),
  pitch: z.int().exactOptional(),
  velocity: z.int().exactOptional(),
  key: keySchema.exactOptional(),
  quantise: z.enum(grids),
  voices: z.enum(['poly', 'mono']),
  sampling: z.enum(['spread', 'source']).exactOptional(),
  wishes: z
    .object({
      mood: z.enum(moodNames).exactOptional(),
      density: z.enum(densities).exactOptional(),
      polyphony: z.enum(polyphonies).exactOptional(),
      composer: z.enum(composers).exactOptional(),
      era: z.enum(eras).exactOptional(),
      text: z.string().exactOptional(),
    })
    .exactOptional(),
  seed: z.int().min(0),
  model: z.string(),
  openingBySeed: z.literal(true).exactOptional(),
  continues: z.literal(true).exactOptional(),
  opening: openingSchema,
});

const schema = z.object({
  version: z.literal(version),
  weights: z.string(),
  given: z.int().min(0),
  request: requestSchema,
});

/** The record of a composition, for `writeMidi`. Only what the format names goes into it. */
export function formatRecord(request: CompositionRequest, given: number, weights: string): string {
  const { notes, ...opening } = request.opening;
  const listed = notes.map((note): ListedNote => {
    const { start, end } = tickSpan(note, opening.tempoBpm);
    return [note.pitch, start, end - start, note.velocity];
  });
  const record = schema.parse({
    version,
    weights,
    given,
    request: { ...request, opening: { ...opening, ...(request.continues !== true && { notes: listed }) } },
  });
  return prefix + JSON.stringify(record);
}

/** As of an upload, but a slow piece may last as long as it was asked to. */
const ownLimits: MidiLimits = { ...uploadLimits, maxSeconds: Infinity };

/**
 * Reads a composition back from its MIDI file.
 * @throws UserError when the file has no record, or one of another version.
 */
export function readRecorded(bytes: Uint8Array): RecordedPiece {
  const { notes: heard, texts, program, timeSignature } = readMidi(bytes, ownLimits);
  const record = recordIn(texts);
  if (record === undefined) throw unknownPiece();
  const { request, given, weights } = record;
  const { notes: listed, ...opening } = request.opening;
  const tempoBpm = statedTempo(pieceTempo(opening.tempoBpm, request.tempo));
  const notes = onTicks(heard, tempoBpm);
  const own = (): Note[] => notes.slice(0, given);
  const key = request.key ?? clearKey(notes);
  return {
    request: {
      ...request,
      opening: { ...opening, notes: listed?.map((note) => unlisted(note, opening.tempoBpm)) ?? own() },
    },
    piece: {
      ...titleOf(record),
      notes,
      tempoBpm,
      timeSignature,
      ...(key !== undefined && { key }),
      program,
      givenNotes: given,
      metrical: request.quantise !== 'none',
    },
    weights,
  };
}

/** All of the piece, to go on from its end. */
export function wholePiece({ piece }: RecordedPiece): Opening {
  const { title, namedAfter, notes, tempoBpm, timeSignature } = piece;
  return { title, ...(namedAfter === true && { namedAfter }), notes, tempoBpm, timeSignature };
}

/**
 * What a composition is called, by the text events of its MIDI file: the name of its track is only
 * in English. Nothing of other files.
 */
export function recordedTitle(texts: readonly string[]): Title | undefined {
  const record = recordIn(texts);
  return record && titleOf(record);
}

function titleOf({ request: { continues, opening } }: Recorded): Title {
  const { title, namedAfter } = opening;
  return { title, ...((continues !== true || namedAfter === true) && { namedAfter: true }) };
}

type Recorded = z.infer<typeof schema>;

function recordIn(texts: readonly string[]): Recorded | undefined {
  const text = texts.find((candidate) => candidate.startsWith(prefix));
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text.slice(prefix.length)));
  } catch {
    return undefined;
  }
}

function unlisted([pitch, start, length, velocity]: ListedNote, tempoBpm: number): Note {
  const note = { pitch, velocity, onsetSeconds: 0, durationSeconds: 0 };
  return withTickSpan(note, { start, end: start + length }, tempoBpm);
}

function unknownPiece(): UserError {
  return new UserError('record.unknown');
}
