import type { Draft, DraftPart } from './draft.js';
import type { Layout } from './layout.js';

/** A required note: a part has to strike a note in a range of time. */
export interface Duty {
  readonly part: number;
  /** First and last onset that fulfils it. */
  readonly from: number;
  readonly by: number;
  /** Required pitch class, if any; then `from` equals `by`. */
  readonly pitchClass?: number;
}

/** The end of a song. */
export interface Ending {
  /** Onset of the last chord. */
  readonly onset: number;
  /** The lowest part there; undefined in a song with only drums. */
  readonly bass: DraftPart | undefined;
}

/** The end of a piece: its last chord, but not before the start of the last bar. */
export function endingOf(draft: Draft): Ending {
  const lastBar = draft.bars.length - 1;
  const chord = draft.plan.chords.at(-1);
  const onset = Math.max(draft.bars[lastBar]!.start, chord?.onset ?? 0);
  const pitched = draft.playing(lastBar).filter(({ role }) => role !== 'drums');
  return { onset, bass: pitched.find(({ role }) => role === 'bass') ?? pitched.at(-1) };
}

/**
 * The required notes, in order: every part sounds where it plays, accompanying parts in every bar and melodic
 * ones in every two bars; the last chord in all parts, with its bass; and before it the bass of the preceding
 * chord.
 * @param isSteady whether a part sounds in every bar
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
