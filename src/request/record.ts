import { z } from 'zod';
import { givenCount, type Piece } from '../music/piece.js';
import { tickSpan } from '../music/ticks.js';
import { keySchema, type Fields } from './fields.js';
import { rawNames, type RawOptions } from './options.js';
import { planSchema } from './plan-fields.js';
import type { CompositionRequest, Opening, SongTask, Stretch, Task } from './request.js';
import { rulesVersion } from './rules-version.js';
import { settingFields, type Settings } from './settings.js';

/**
 * The record that a composition carries in a text event of its MIDI file: the complete request, so that the
 * file alone is enough to compose it again, vary it or continue it. It consists of `musical-ai ` and JSON:
 * the version of this format, the fingerprint of the weights and the version of the rules that composed it,
 * which of the file's notes were given, and the request. The opening's notes are listed as pitch, start and
 * length in ticks of its tempo, velocity; those of a continued piece are the file's own first notes.
 */
export const recordPrefix = 'musical-ai ';
const version = 2;

const listedNote = z.tuple([
  z.int().min(0).max(127),
  z.int().min(0),
  z.int().min(1),
  z.int().min(1).max(127),
]);
export type ListedNote = z.infer<typeof listedNote>;

type Heading = Omit<Opening, 'notes'>;

/** Everything about given music except its notes. */
export const headingFields = {
  title: z.string(),
  namedAfter: z.literal(true).exactOptional(),
  name: z.string().exactOptional(),
  tempoBpm: z.number().positive(),
  timeSignature: z.strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) }),
  key: keySchema.exactOptional(),
} satisfies Fields<Heading>;

export const startFields = {
  kind: z.literal('start'),
  chosenBy: z.enum(['seed', 'name', 'file']),
} satisfies Fields<Omit<Extract<Task, { kind: 'start' }>, 'opening'>>;

/** Options as someone wrote them. */
export const rawOptionsSchema: z.ZodType<RawOptions> = z.partialRecord(
  z.enum(rawNames),
  z.union([z.string(), z.number()]),
);

const stretchFields = {
  options: rawOptionsSchema,
  notes: z.int().min(1),
} satisfies Fields<Stretch>;

export const continueFields = {
  kind: z.literal('continue'),
  stretches: z.array(z.strictObject(stretchFields)).min(1).readonly().exactOptional(),
} satisfies Fields<Omit<Extract<Task, { kind: 'continue' }>, 'piece'>>;

export const songFields = {
  kind: z.literal('song'),
  title: z.string(),
  namedAfter: z.literal(true).exactOptional(),
  plan: planSchema,
  from: z.int().min(1).exactOptional(),
} satisfies Fields<Omit<SongTask, 'given'>>;

const taskSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...startFields,
    opening: z.strictObject({ ...headingFields, notes: z.array(listedNote) }),
  }),
  z.strictObject({ ...continueFields, piece: z.strictObject(headingFields) }),
  z.strictObject(songFields),
]);
export type ListedTask = z.infer<typeof taskSchema>;

/**
 * The given notes of a file, in the order of its tracks: a count from the first note on, or ranges, each as
 * its first note, counted from 0, and its length. For a song, whose plan determines them, only the count.
 */
const givenSchema = z.union([z.int().min(0), z.array(z.tuple([z.int().min(0), z.int().min(1)])).min(1)]);
export type GivenNotes = z.infer<typeof givenSchema>;

const recordFields = {
  version: z.literal(version),
  weights: z.string(),
  rules: z.int().min(1),
  given: givenSchema,
  request: z.strictObject({ ...settingFields, task: taskSchema }),
};
/** Zod does not know the types of the settings. */
export const recordSchema = z.strictObject(recordFields) as unknown as z.ZodType<Recorded>;

/** The content of a record of any version. */
export interface Recorded {
  readonly weights: string;
  readonly rules: number;
  readonly given: GivenNotes;
  readonly request: Settings & { readonly task: ListedTask };
}

/**
 * The record of a composition, for `writeMidi`. Omits the server and the fallback models, which are of no use
 * to anyone else.
 * @param piece as it is written
 * @throws ZodError for anything in the request that the format does not support
 */
export function formatRecord(request: CompositionRequest, piece: Piece, weights: string): string {
  const { task, server: _server, fallbacks: _fallbacks, ...settings } = request;
  const record = recordSchema.parse({
    version,
    weights,
    rules: rulesVersion,
    given: task.kind === 'song' ? givenCount(piece) : givenIn(piece),
    request: { ...settings, task: listed(task) },
  });
  return recordPrefix + JSON.stringify(record);
}

function givenIn({ tracks }: Piece): GivenNotes {
  const stretches: [first: number, count: number][] = [];
  let at = 0;
  for (const { notes } of tracks) {
    for (const { given } of notes) {
      const last = stretches.at(-1);
      if (given === true && last !== undefined && last[0] + last[1] === at) last[1] += 1;
      else if (given === true) stretches.push([at, 1]);
      at += 1;
    }
  }
  const [[first, count] = [0, 0], ...others] = stretches;
  return first === 0 && others.length === 0 ? count : stretches;
}

function listed(task: Task): ListedTask {
  switch (task.kind) {
    case 'start': {
      const { opening } = task;
      const notes = opening.notes.map((note): ListedNote => {
        const { start, end } = tickSpan(note, opening.tempoBpm);
        return [note.pitch, start, end - start, note.velocity];
      });
      return { ...task, opening: { ...opening, notes } };
    }
    case 'continue': {
      const { notes: _notes, ...heading } = task.piece;
      return { ...task, piece: heading };
    }
    case 'song': {
      const { given: _given, ...song } = task;
      return song;
    }
  }
}
