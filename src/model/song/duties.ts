import type { Draft, DraftPart } from './draft.js';
import type { Layout } from './layout.js';

/** Something that must sound: a part strikes a note in a stretch of time. */
export interface Duty {
  readonly part: number;
  /** First and last onset at which it is fulfilled. */
  readonly from: number;
  readonly by: number;
  /** That of the note, where it matters; then `from` is `by`. */
  readonly pitchClass?: number;
}

/** The end of a song. */
export interface Ending {
  /** Of the last chord. */
  readonly onset: number;
  /** The lowest part there; none in a song of drums alone. */
  readonly bass: DraftPart | undefined;
}

/** Where the piece comes to rest: its last chord, at the earliest at the start of the last bar. */
export function endingOf(draft: Draft): Ending {
  const lastBar = draft.bars.length - 1;
  const chord = draft.plan.chords.at(-1);
  const onset = Math.max(draft.bars[lastBar]!.start, chord?.onset ?? 0);
  const pitched = draft.playing(lastBar).filter(({ role }) => role !== 'drums');
  return { onset, bass: pitched.find(({ role }) => role === 'bass') ?? pitched.at(-1) };
}

/**
 * What must sound, in order: every part where it plays, those that carry the music in every bar and those that
 * sing in two; the last chord in all parts, with its bass; and before it the bass of the chord that leads there.
 * @param isSteady whether a part is heard in every bar
 */
export function dutiesOf(
  draft: Draft,
  layout: Layout,
  ending: Ending,
  isSteady: (part: DraftPart) => boolean,
): Duty[] {
  const { bars, plan } = draft;
  const duties: Duty[] = [];
  const lastBar = bars.length - 1;
  for (const part of draft.parts) {
    let runStart = 0;
    for (let bar = 0; bar < bars.length; bar++) {
      if (!layout.isOpen(part.number, bar)) {
        runStart = bar + 1;
        continue;
      }
      const { start, length } = bars[bar]!;
      if (bar === lastBar) {
        const pitchClass = draft.harmonyAt(ending.onset).bass;
        const last = { part: part.number, from: ending.onset, by: ending.onset };
        duties.push(part === ending.bass ? { ...last, pitchClass } : last);
      }
      const beat = draft.beat(bar);
      if (isSteady(part)) {
        duties.push({ part: part.number, from: start, by: start + Math.floor(length / beat / 2) * beat });
      } else if ((bar - runStart) % 2 === 1 || (bar === runStart && !layout.isOpen(part.number, bar + 1))) {
        duties.push({ part: part.number, from: bars[runStart]!.start, by: start + length - beat });
        runStart = bar + 1;
      }
    }
  }
  const leading = plan.chords.findLast(({ onset }) => onset < ending.onset);
  const { bass } = ending;
  if (leading !== undefined && bass !== undefined) {
    const { bar } = draft.moment(leading.onset);
    if (layout.isOpen(bass.number, bar)) {
      const pitchClass = draft.harmonyAt(leading.onset).bass;
      duties.push({ part: bass.number, from: leading.onset, by: leading.onset, pitchClass });
    }
  }
  return duties.sort((a, b) => a.by - b.by || a.part - b.part);
}
