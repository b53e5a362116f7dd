import { z } from 'zod';
import type { Act, Value } from './page/protocol.js';

const id = z.string().min(1);
const value: z.ZodType<Value> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ id }),
  z.object({ files: z.array(z.string()) }),
  z.array(z.string()),
]);
const values = z.record(z.string(), value);

const schema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('use'), place: id, path: z.string(), options: values }),
  z.object({
    kind: z.literal('complete'),
    place: id,
    path: z.string(),
    options: values,
    focused: z.string(),
  }),
  z.object({ kind: z.literal('apply'), message: id, command: z.string() }),
  z.object({ kind: z.literal('press'), message: id, customId: z.string() }),
  z.object({ kind: z.literal('choose'), message: id, customId: z.string(), values: z.array(z.string()) }),
  z.object({ kind: z.literal('submit'), modal: id, values }),
  z.object({
    kind: z.literal('say'),
    place: id,
    text: z.string(),
    files: z.array(z.string()),
    replyTo: id.exactOptional(),
  }),
  z.object({ kind: z.literal('delete'), message: id }),
  z.object({ kind: z.literal('become'), managesServer: z.boolean(), locale: z.string() }),
]) satisfies z.ZodType<Act>;

/** @returns undefined if it is invalid */
export function readAct(json: string): Act | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
