/**
 * The protocol between bots and workers over Redis. Others may be able to write there, so both sides validate
 * what they read.
 * - A job in BullMQ's queue {@link queueName}, a {@link Job}: removed when it ends.
 * - A hash at {@link resultKey}: how a job ended. The bot deletes it when it has read it; otherwise it
 * expires.
 * - A key at {@link cancelKey}: nobody is waiting for the job any more. It expires.
 * - Messages on {@link channel}, each a {@link WorkerMessage}: not stored.
 */
import { z } from 'zod';
import type { Note } from '../../music/note.js';
import type { Piece } from '../../music/piece.js';
import { chordKinds } from '../../music/theory/chord.js';
import { tonics } from '../../music/theory/key.js';
import { roles } from '../../music/track.js';
import { keySchema, type Fields } from '../../request/fields.js';
import { songNoteSchema } from '../../request/plan-fields.js';
import { continueFields, headingFields, songFields, startFields } from '../../request/record.js';
import type { CompositionRequest, Task } from '../../request/request.js';
import { settingFields } from '../../request/settings.js';
import { refusalOf, UserError, type Refusal } from '../../errors/user-error.js';
import type { RollWords } from '../../render/picture-words.js';
import {
  outputRoles,
  type Composition,
  type OutputRole,
  type Preview,
  type Progress,
} from '../composition.js';

/** Version of {@link Job} and of results; a worker only composes jobs of its own version. */
export const version = 13;

export const prefix = 'musical-ai';
export const queueName = 'compose';
export const channel = `${prefix}:workers`;
/** How long unclaimed results and cancel keys are kept. */
export const keptSeconds = 60;

export function resultKey(job: string): string {
  return `${prefix}:result:${job}`;
}

export function cancelKey(job: string): string {
  return `${prefix}:cancelled:${job}`;
}

/** A request as sent to a worker. */
export interface Job {
  readonly version: typeof version;
  readonly request: CompositionRequest;
  /** The model that the bot expects to be used, and its fingerprint; absent when the bot can read none. */
  readonly model?: { readonly name: string; readonly fingerprint: string };
  readonly maxFileBytes?: number;
  readonly roles?: readonly OutputRole[];
  readonly words?: RollWords;
  /** Request ID in the bot's log. */
  readonly requestId?: string;
}

export type WorkerMessage =
  | {
      /** Heartbeat of a worker, several times a second. */
      readonly type: 'beat';
      readonly worker: string;
      /** Maximum number of concurrent jobs; 0 while it stops. */
      readonly slots: number;
      /** Its running jobs, by ID. */
      readonly jobs: Readonly<Record<string, Progress>>;
    }
  /** A result is available. */
  | { readonly type: 'done'; readonly job: string };

const count = z.int().min(0);
const sevenBits = z.int().min(0).max(127);

const note = z.strictObject({
  pitch: sevenBits,
  onsetSeconds: z.number().min(0),
  durationSeconds: z.number().positive(),
  velocity: z.int().min(1).max(127),
} satisfies Fields<Note>);

const music = z.strictObject({ ...headingFields, notes: z.array(note).min(1) });

const taskSchema: z.ZodType<Task> = z.discriminatedUnion('kind', [
  z.strictObject({ ...startFields, opening: music }),
  z.strictObject({ ...continueFields, piece: music }),
  z.strictObject({ ...songFields, given: z.array(songNoteSchema).exactOptional() }),
]);

const requestFields: Fields<CompositionRequest> = {
  ...settingFields,
  task: taskSchema,
  server: z
    .string()
    .regex(/^\d{1,20}$/)
    .exactOptional(),
  fallbacks: z.array(z.string()).exactOptional(),
};

const form = z.string().exactOptional();
const forms = { zero: form, one: form, two: form, few: form, many: form };

const titles = z.object({
  after: z.string(),
  untitled: z.string(),
  openings: z.record(z.string(), z.string()),
  wish: z.object({ text: z.string(), isWhole: z.boolean() }).exactOptional(),
});

const jobSchema: z.ZodType<Job> = z.object({
  version: z.literal(version),
  // Zod does not know the types of the settings.
  request: z.strictObject(requestFields) as unknown as z.ZodType<CompositionRequest>,
  model: z.object({ name: z.string(), fingerprint: z.string() }).exactOptional(),
  maxFileBytes: z.int().min(1).exactOptional(),
  roles: z.array(z.enum(outputRoles)).exactOptional(),
  words: z
    .object({
      locale: z.string(),
      keys: z.record(z.string(), z.string()),
      instruments: z.record(z.string(), z.string()),
      notes: z.object({ ...forms, other: z.string() }),
      given: z.string(),
      new: z.string(),
      soft: z.string(),
      loud: z.string(),
      sections: z.object({
        intro: z.string(),
        interlude: z.string(),
        outro: z.string(),
        other: z.string(),
      }),
      seed: z.string(),
      titles,
      titlesInFile: titles,
    })
    .exactOptional(),
  requestId: z.string().max(40).exactOptional(),
});

/** @throws UserError when it has another version; ZodError when it is invalid. */
export function parseJob(data: unknown): Job {
  const { version: other } = z.object({ version: z.int() }).parse(data);
  if (other !== version) {
    throw new UserError('compose.version', {
      cause: new Error(`The bot sends jobs of version ${other}, this worker takes those of ${version}.`),
    });
  }
  return jobSchema.parse(data);
}

const messageSchema: z.ZodType<WorkerMessage> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('beat'),
    worker: z.string(),
    slots: count,
    jobs: z.record(
      z.string(),
      z.discriminatedUnion('stage', [
        z.object({ stage: z.literal('queued'), position: count }),
        z.object({ stage: z.literal('composing'), notes: count, total: count }),
        z.object({ stage: z.literal('composing-time'), seconds: count, total: count }),
        z.object({ stage: z.literal('rendering') }),
      ]),
    ),
  }),
  z.object({ type: z.literal('done'), job: z.string() }),
]);

/** Undefined when it is invalid. */
export function parseMessage(text: string): WorkerMessage | undefined {
  try {
    return messageSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const outputSchema = z.object({
  role: z.enum(outputRoles),
  extension: z.string(),
  contentType: z.string(),
  withTakes: z.boolean(),
  isLarge: z.boolean(),
  preview: z
    .object({
      seconds: z.number().min(0),
      fromSeconds: z.number().min(0).exactOptional(),
      cutAtSeconds: z.number().min(0).exactOptional(),
      /** In Base64. */
      waveform: z.string().exactOptional(),
    })
    .exactOptional(),
});

/** The errors that composing can end with, and their details. */
const refusalSchema = z.union([
  z.object({
    code: z.enum(['compose.busy', 'compose.closed', 'compose.lost', 'compose.version']),
    details: z.object({}),
  }),
  z.object({
    code: z.enum(['model.damaged', 'model.elsewhere']),
    details: z.object({ name: z.string(), reason: z.string().exactOptional() }),
  }),
  z.object({
    code: z.literal('model.unknown'),
    details: z.object({ name: z.string(), names: z.array(z.string()) }),
  }),
]) satisfies z.ZodType<Refusal>;

/**
 * An error with its message in English, for bots of other versions: they may not know its code, and version 2
 * requires a message.
 */
const saidSchema = z.union([
  z.intersection(refusalSchema, z.object({ message: z.string() })),
  z.object({ message: z.string() }).transform(({ message }) => ({
    code: 'version.other' as const,
    details: { sentence: message },
    message,
  })),
]);

/**
 * A composition without its request, which the bot has, and without the bytes of its outputs, which are
 * separate fields named by role.
 */
const compositionSchema = z.object({
  piece: z.object({
    title: z.string(),
    namedAfter: z.literal(true).exactOptional(),
    ticksPerQuarter: z.int().min(1),
    tempos: z.array(z.object({ tick: count, microsecondsPerQuarter: z.number().positive() })),
    meters: z.array(z.object({ tick: count, numerator: z.int().min(1), denominator: z.int().min(1) })),
    keys: z.array(z.object({ tick: count, key: keySchema })),
    chords: z
      .array(
        z.object({
          tick: count,
          chord: z.object({ root: z.enum(tonics), kind: z.enum(chordKinds) }).exactOptional(),
          symbol: z.string().exactOptional(),
        }),
      )
      .exactOptional(),
    sections: z.array(z.object({ tick: count, name: z.string() })).exactOptional(),
    hasBars: z.boolean(),
    tracks: z.array(
      z.object({
        name: z.string(),
        program: sevenBits,
        isDrums: z.boolean(),
        volume: sevenBits.exactOptional(),
        pan: sevenBits.exactOptional(),
        role: z.enum(roles).exactOptional(),
        notes: z.array(
          z.object({
            pitch: sevenBits,
            velocity: z.int().min(1).max(127),
            startTick: count,
            lengthTicks: z.int().min(1),
            given: z.literal(true).exactOptional(),
          }),
        ),
      }),
    ),
  }) satisfies z.ZodType<Piece>,
  durationSeconds: z.number().min(0),
  model: z.string(),
  insteadOf: z.object({ model: z.string(), refusal: refusalSchema }).exactOptional(),
  outputs: z.array(outputSchema),
  timingsMs: z.record(z.enum(['compose', ...outputRoles, 'total']), z.number()),
});

const headSchema = z.union([
  z.object({ composition: compositionSchema }),
  z.object({ refusal: saidSchema, cause: z.string().exactOptional() }),
  z.object({ failure: z.string() }),
]);

/** Fields of the hash that tells how a job ended; `head` is JSON. */
export type ResultFields = Readonly<Record<string, Uint8Array | string>>;

export function encodeComposition(composition: Composition): ResultFields {
  const { outputs, ...facts } = composition;
  const heads = outputs.map(({ preview, ...output }) => ({
    ...output,
    ...(preview !== undefined && { preview: encodePreview(preview) }),
  }));
  const head: z.infer<typeof headSchema> = {
    composition: compositionSchema.parse({ ...facts, outputs: heads }),
  };
  return {
    ...Object.fromEntries(outputs.map(({ role, bytes }) => [role, Buffer.from(bytes)])),
    head: JSON.stringify(head),
  };
}

function encodePreview({ waveform, ...preview }: Preview): z.infer<typeof outputSchema>['preview'] {
  return { ...preview, ...(waveform && { waveform: Buffer.from(waveform).toString('base64') }) };
}

function decodePreview({
  waveform,
  ...preview
}: NonNullable<z.infer<typeof outputSchema>['preview']>): Preview {
  return { ...preview, ...(waveform !== undefined && { waveform: Buffer.from(waveform, 'base64') }) };
}

/**
 * Encodes a failure: as a {@link Refusal} if a person can act on it, otherwise only its message.
 * @param say formats an error in English
 */
export function encodeError(error: unknown, say: (refusal: Refusal) => string): ResultFields {
  const failure = error instanceof Error ? error.message : String(error);
  const refusal = error instanceof UserError ? refusalSchema.safeParse(refusalOf(error)).data : undefined;
  const { cause } = error instanceof Error ? error : {};
  const head: z.infer<typeof headSchema> =
    refusal === undefined
      ? { failure }
      : {
          refusal: { ...refusal, message: say(refusal) },
          ...(cause !== undefined && { cause: cause instanceof Error ? cause.message : 'unknown' }),
        };
  return { head: JSON.stringify(head) };
}

/**
 * The composition that a job ended in.
 * @throws the error that the job ended in, a UserError if a person can act on it; another error if the
 *   fields are invalid.
 */
export function decodeResult(
  fields: Readonly<Record<string, Uint8Array>>,
  request: CompositionRequest,
): Composition {
  const bytesOf = (name: string): Uint8Array => {
    const bytes = fields[name];
    if (bytes === undefined) throw new Error(`The result has no ${name}.`);
    return bytes;
  };
  const head = parseHead(Buffer.from(bytesOf('head')).toString('utf8'));
  if ('failure' in head) throw new Error(head.failure);
  if ('refusal' in head) {
    const { refusal, cause } = head;
    throw UserError.from(refusal, cause === undefined ? {} : { cause: new Error(cause) });
  }
  const { outputs, ...facts } = head.composition;
  return {
    ...facts,
    request,
    outputs: outputs.map(({ preview, ...output }) => ({
      ...output,
      bytes: bytesOf(output.role),
      ...(preview !== undefined && { preview: decodePreview(preview) }),
    })),
  };
}

/** @throws Error without the text, which must not be logged. */
function parseHead(json: string): z.infer<typeof headSchema> {
  try {
    return headSchema.parse(JSON.parse(json));
  } catch {
    throw new Error('The head of the result is damaged.');
  }
}
