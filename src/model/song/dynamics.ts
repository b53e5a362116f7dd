import type { Draft } from './draft.js';
import type { NetworkNote } from './sequence.js';

/** How loud each role is. */
const loudness = { melody: 88, 'counter-melody': 78, harmony: 68, bass: 76, drums: 80 } as const;
/** How much louder each of the `metricalLevels` of `frame.ts` is. */
const accents = [8, 4, 1, -3, -6, -7] as const;
/** How much louder the middle of a section is than its ends. */
const swell = 10;

/**
 * A velocity, 1-127, if the network draws none: by the role, the metrical level, and where in its section the
 * note stands, which grows towards the middle and falls at the end.
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
