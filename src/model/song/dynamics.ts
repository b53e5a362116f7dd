import type { Draft } from './draft.js';
import type { NetworkNote } from './sequence.js';

/** Velocity of each role. */
const loudness = { melody: 88, 'counter-melody': 78, harmony: 68, bass: 76, drums: 80 } as const;
/** Added velocity of each of the `metricalLevels` in `frame.ts`. */
const accents = [8, 4, 1, -3, -6, -7] as const;
/** Added velocity in the middle of a section, compared with its ends. */
const swell = 10;

/**
 * A velocity, 1-127, if the network draws none: by the role, the metrical level, and the position in the
 * section, which gets louder towards the middle and softer at the end.
 */
export function velocityFor({ part, onset }: NetworkNote, draft: Draft): number {
  const { bar, level } = draft.moment(onset);
  const { sections } = draft.plan;
  const index = Math.max(
    0,
    sections.findLastIndex((section) => section.bar <= bar),
  );
  const from = draft.bars[sections[index]?.bar ?? 0]!.start;
  const to = draft.bars[sections[index + 1]?.bar ?? Infinity]?.start ?? draft.end;
  const arch = Math.sin((Math.PI * (onset - from)) / (to - from));
  return Math.round(loudness[draft.part(part).role] + accents[level]! + swell * (arch - 0.5));
}
