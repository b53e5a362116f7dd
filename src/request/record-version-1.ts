import { z } from 'zod';
import { scaleNames, tonics } from '../music/theory/key.js';
import { optionSpecs } from './options.js';
import { readText } from './parse-options.js';
import type { Settings } from './settings.js';
import { eras } from './words/wishes.js';

/**
 * The first version of the record: a task was a flag, text was stored verbatim, and the rules had no version.
 */
const key = z.object({ tonic: z.enum(tonics), scale: z.enum(scaleNames) });
const midiByte = z.int().min(0).max(127);
const note = z.tuple([midiByte, z.int().min(0), z.int().min(1), z.int().min(1).max(127)]);

const schema = z.object({
  version: z.literal(1),
  weights: z.string(),
  given: z.int().min(0),
  request: z.object({
    notes: z.int().min(1),
    temperature: z.number().positive(),
    tempo: z.number().positive(),
    pitch: z.int().exactOptional(),
    velocity: z.int().exactOptional(),
    key: key.exactOptional(),
    quantise: z.enum(['none', 'seed', 'straight', 'triplet']),
    voices: z.enum(['poly', 'mono']),
    sampling: z.enum(['spread', 'source']).exactOptional(),
    wishes: z
      .object({
        mood: z.enum(optionSpecs.mood.choices).exactOptional(),
        density: z.enum(optionSpecs.density.choices).exactOptional(),
        polyphony: z.enum(optionSpecs.polyphony.choices).exactOptional(),
        composer: z.string().exactOptional(),
        era: z.enum(eras).exactOptional(),
        text: z.string().exactOptional(),
      })
      .exactOptional(),
    seed: z.int().min(0),
    model: z.string(),
    openingBySeed: z.literal(true).exactOptional(),
    continues: z.literal(true).exactOptional(),
    opening: z.object({
      title: z.string(),
      namedAfter: z.literal(true).exactOptional(),
      name: z.string().exactOptional(),
      tempoBpm: z.number().positive(),
      timeSignature: z.object({ numerator: z.int().min(1), denominator: z.int().min(1) }),
      key: key.exactOptional(),
      notes: z.array(note).min(1).exactOptional(),
    }),
  }),
});

type Notes = z.infer<typeof note>[];
type Version1Opening = Omit<z.infer<typeof schema>['request']['opening'], 'notes'>;

/** Converted to the current record format. */
interface FromVersion1 {
  readonly weights: string;
  readonly rules: number;
  readonly given: number;
  readonly request: Settings & {
    readonly task:
      | {
          kind: 'start';
          opening: Version1Opening & { notes: Notes };
          chosenBy: 'seed' | 'name' | 'file';
        }
      | { kind: 'continue'; piece: Version1Opening };
  };
}

/**
 * Reads a record of the first version; its text is interpreted now. Undefined for other versions.
 * @throws Error when it is damaged
 */
export function fromVersion1(json: unknown): FromVersion1 | undefined {
  const { version } = z.object({ version: z.int() }).parse(json);
  if (version !== 1) return undefined;
  const { request, weights, given } = schema.parse(json);
  const { wishes = {}, openingBySeed, continues, opening, ...settings } = request;
  const { text: said, mood, ...named } = wishes;
  const text = said === undefined ? undefined : readText(said, optionSpecs.text.maxLength);
  const { notes, ...heading } = opening;
  const all: Settings = {
    ...settings,
    ...named,
    ...(mood !== undefined && { mood: [mood] }),
    ...(text !== undefined && { text }),
  };
  // The rules of the first version had no number; the numbers start at 1.
  const facts = { weights, rules: 1, given };
  if (continues === true)
    return { ...facts, request: { ...all, task: { kind: 'continue', piece: heading } } };
  if (notes === undefined) throw new Error('There are no notes to start from.');
  const chosenBy = openingBySeed === true ? 'seed' : heading.name === undefined ? 'file' : 'name';
  const task = { kind: 'start', opening: { ...heading, notes }, chosenBy } as const;
  return { ...facts, request: { ...all, task } };
}
