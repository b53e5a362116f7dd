import {
  chordAt,
  playsIn,
  sectionAt,
  type BarSpan,
  type PlannedPart,
  type SongNote,
  type SongPlan,
} from '../../plan/song-plan.js';
import type { ChordKind } from '../../music/theory/chord.js';
import type { Random } from '../random.js';
import type { Draft, DraftPart } from './draft.js';

/** A plan, and what to compose of it. */
export interface Commission {
  readonly plan: SongPlan;
  /** Notes that stay unchanged. */
  readonly given: readonly SongNote[];
  /** What to compose; by default every part, where it plays, that is not patterned and has no given notes. */
  readonly composed?: readonly { readonly part: number; readonly bars: BarSpan }[];
  readonly temperature: number;
  /** Integer, 0 to 2³² − 1. */
  readonly seed: number;
  /** Spacings of the lines on which notes can start, in positions; by default 16ths and triplets. */
  readonly grid?: readonly number[];
}

/** The bars in which each part is composed, and those that are repeated. */
export interface Layout {
  isOpen(part: number, bar: number): boolean;
  /** The bar whose notes a part repeats. */
  sourceOf(part: number, bar: number): number | undefined;
}

/** Share of the pairs of bars of a returning section in which melodic parts are composed anew. */
const reopenedShare = 0.1;
/** Number of bars at the end of the piece that are composed anew: the cadence. */
const cadenceBars = 2;
/** Length of a band's loops, in bars. */
const loopBars = 8;

const singing: readonly PlannedPart['role'][] = ['melody', 'counter-melody'];

/**
 * Decides which bars are composed. A returning section repeats its notes where its chords are the same,
 * except for some bars of the melody, and the end of the piece. A band also repeats the bars of eight bars before, as
 * the music of games does; its melodic parts do so by pairs of bars, since single bars may have the same chord by chance.
 */
export function layoutOf(commission: Commission, draft: Draft, random: Random): Layout {
  const { plan } = commission;
  const wanted = composedIn(commission);
  const returned = new Map<number, number>();
  const looped = new Map<number, number>();
  for (let bar = 0; bar < plan.barCount - cadenceBars; bar++) {
    const source = sourceBar(draft, bar);
    if (source !== undefined) returned.set(bar, source);
    else if (plan.taught === 'band' && bar >= loopBars && areAlike(draft, bar - loopBars, bar)) {
      looped.set(bar, bar - loopBars);
    }
  }
  const reopened = new Set<number>();
  for (let bar = 0; bar < plan.barCount; bar += 2) {
    if (random.uniform() < reopenedShare) [bar, bar + 1].forEach((each) => reopened.add(each));
  }
  const sourceOf = (number: number, bar: number): number | undefined => {
    const part = draft.part(number);
    const isSinging = singing.includes(part.role);
    // The other bar of the pair.
    const other = bar % 2 === 0 ? bar + 1 : bar - 1;
    const mayLoop = !isSinging || returned.has(other) || looped.has(other);
    const source = returned.get(bar) ?? (mayLoop ? looped.get(bar) : undefined);
    if (source === undefined || !wanted(part, source)) return undefined;
    return isSinging && reopened.has(bar) ? undefined : (sourceOf(number, source) ?? source);
  };
  return {
    isOpen: (number, bar) => wanted(draft.part(number), bar) && sourceOf(number, bar) === undefined,
    sourceOf: (number, bar) => (wanted(draft.part(number), bar) ? sourceOf(number, bar) : undefined),
  };
}

function composedIn({ plan, given, composed }: Commission): (part: DraftPart, bar: number) => boolean {
  if (composed !== undefined) {
    return ({ index, plays }, bar) =>
      playsIn({ plays }, bar) &&
      composed.some(({ part, bars }) => part === index && bars.first <= bar && bar < bars.end);
  }
  const present = new Set(given.map(({ part }) => part));
  const own = plan.parts.map((part, i) => !part.isPatterned && !present.has(i));
  return ({ index, plays }, bar) => own[index]! && playsIn({ plays }, bar);
}

/** The corresponding bar in the first section with the same letter. */
function sourceBar(draft: Draft, bar: number): number | undefined {
  const { plan } = draft;
  const section = sectionAt(plan, bar);
  const first = plan.sections.find(({ letter }) => letter === section.letter);
  if (first === undefined || section.timesBefore === 0 || first === section) return undefined;
  const source = first.bar + bar - section.bar;
  return sectionAt(plan, source) === first && areAlike(draft, source, bar) ? source : undefined;
}

/** Whether two bars have the same length and chords. */
function areAlike({ plan, bars }: Draft, a: number, b: number): boolean {
  const { length } = bars[a]!;
  if (bars[b]!.length !== length) return false;
  const halfBeats = Array.from({ length: Math.ceil(length / 12) }, (_, i) => 12 * i);
  return halfBeats.every((position) => {
    const [first, second] = [a, b].map((bar) => chordAt(plan, bars[bar]!.start + position));
    return first!.root === second!.root && triadOf(first!.kind) === triadOf(second!.kind);
  });
}

/** Chords with a seventh are alike without it: notes that do not fit are left out when a bar returns. */
function triadOf(kind: ChordKind): ChordKind {
  switch (kind) {
    case '7':
    case 'maj7':
      return 'maj';
    case 'min7':
      return 'min';
    default:
      return kind;
  }
}
