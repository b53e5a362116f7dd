import { z } from 'zod';

const id = z.string().regex(/^\d{1,20}$/);

const schema = z.object({
  channel: id,
  /** Absent until it is posted. */
  message: id.optional(),
  /** The requester of the training. */
  user: id,
  parent: z.string().min(1),
  /** The requester's locale; absent in older data. */
  language: z.string().optional(),
});

/** Where a training is reported; saved with it, so that a restarted bot continues there. */
export type TrainingMemo = Readonly<z.infer<typeof schema>>;

export function formatMemo(memo: TrainingMemo): string {
  return JSON.stringify(memo);
}

/** @throws Error when it is invalid. */
export function parseMemo(text: string): TrainingMemo {
  return schema.parse(JSON.parse(text));
}
