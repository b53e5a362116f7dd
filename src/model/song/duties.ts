import type { Draft, DraftPart } from './draft.js';
import type { Layout } from './layout.js';
import type { NetworkNote } from './sequence.js';

/** A required note: a part has to sound in a range of time. */
export interface Duty {
  readonly part: number;
  /** First and last onset that fulfils it. */
  readonly from: number;
  readonly by: number;
  /** Whether the part has to strike a note; otherwise, one that it holds from before is enough. */
  readonly isStruck: boolean;
  /** Required pitch class, if any; then `from` equals `by`. */
  readonly pitchClass?: number;
}

/** Whether a note fulfils a duty. */
export function fulfils(
  { part, onset, duration }: Pick<NetworkNote, 'part' | 'onset' | 'duration'>,
  duty: Duty,
): boolean {
  if (part !== duty.part || onset > duty.by) return false;
  return duty.from <= onset || (!duty.isStruck && onset + duration > duty.by);
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
  return { onset, bass: lowestPart(draft, lastBar) };
}

/** The bass of a bar, or the lowest part; undefined if nothing but drums plays. */
function lowestPart(draft: Draft, bar: number): DraftPart | undefined {
  const pitched = draft.playing(bar).filter(({ role }) => role !== 'drums');
  return pitched.find(({ role }) => role === 'bass') ?? pitched.at(-1);
}

/**
 * The required notes, in order: every part sounds where it plays, accompanying parts in every bar and melodic
 * ones in every two bars; the last chord in all parts, with its bass; before it the bass of the preceding
 * chord; and the bass of every requested chord.
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
  const sounds = ({ number }: DraftPart, from: number, by: number): void => {
    duties.push({ part: number, from, by, isStruck: false });
  };
  const strikes = ({ number }: DraftPart, onset: number, pitchClass?: number): void => {
    duties.push({
      ...{ part: number, from: onset, by: onset, isStruck: true },
      ...(pitchClass !== undefined && { pitchClass }),
    });
  };
  for (const part of draft.parts) {
    let runStart = 0;
    for (let bar = 0; bar < bars.length; bar++) {
      if (!layout.isOpen(part.number, bar)) {
        runStart = bar + 1;
        continue;
      }
      const { start, length } = bars[bar]!;
      if (bar === lastBar) {
        const { bass } = draft.harmonyAt(ending.onset);
        strikes(part, ending.onset, part === ending.bass ? bass : undefined);
      }
      const beat = draft.beat(bar);
      if (isSteady(part)) {
        sounds(part, start, start + Math.floor(length / beat / 2) * beat);
      } else if ((bar - runStart) % 2 === 1 || (bar === runStart && !layout.isOpen(part.number, bar + 1))) {
        sounds(part, bars[runStart]!.start, start + length - beat);
        runStart = bar + 1;
      }
    }
  }
  const before = plan.chords.filter(({ onset }) => onset < ending.onset);
  for (const { onset } of plan.chordsGiven ? before : before.slice(-1)) {
    const { bar } = draft.moment(onset);
    const lowest = lowestPart(draft, bar);
    if (lowest !== undefined && layout.isOpen(lowest.number, bar)) {
      strikes(lowest, onset, draft.harmonyAt(onset).bass);
    }
  }
  return duties.sort((a, b) => a.by - b.by || a.part - b.part);
}
