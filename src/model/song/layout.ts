import {
  chordAt,
  playsIn,
  sectionAt,
  type BarSpan,
  type PlannedPart,
  type SongNote,
  type SongPlan,
} from '../../plan/song-plan.js';
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

const singing: readonly PlannedPart['role'][] = ['melody', 'counter-melody'];

/**
 * Decides which bars are composed. A returning section repeats its notes where its chords are the same,
 * except for some bars of the melody, and the end of the piece.
 */
export function layoutOf(commission: Commission, draft: Draft, random: Random): Layout {
  const { plan } = commission;
  const wanted = composedIn(commission);
  const sources = new Map<number, number>();
  for (let bar = 0; bar < plan.barCount; bar++) {
    const source = sourceBar(plan, draft, bar);
    if (source !== undefined) sources.set(bar, source);
  }
  const reopened = new Set<number>();
  for (let bar = 0; bar < plan.barCount; bar += 2) {
    if (random.uniform() < reopenedShare) [bar, bar + 1].forEach((each) => reopened.add(each));
  }
  const sourceOf = (number: number, bar: number): number | undefined => {
    const source = sources.get(bar);
    const part = draft.part(number);
    if (source === undefined || !wanted(part, source)) return undefined;
    return singing.includes(part.role) && reopened.has(bar) ? undefined : source;
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
function sourceBar(plan: SongPlan, { bars }: Draft, bar: number): number | undefined {
  if (bar >= plan.barCount - cadenceBars) return undefined;
  const section = sectionAt(plan, bar);
  const first = plan.sections.find(({ letter }) => letter === section.letter);
  if (first === undefined || section.timesBefore === 0 || first === section) return undefined;
  const source = first.bar + bar - section.bar;
  if (sectionAt(plan, source) !== first || bars[source]!.length !== bars[bar]!.length) return undefined;
  const beats = Array.from({ length: Math.ceil(bars[bar]!.length / 12) }, (_, i) => 12 * i);
  const isAlike = beats.every((position) => {
    const [a, b] = [source, bar].map((each) => chordAt(plan, bars[each]!.start + position));
    return a!.root === b!.root && a!.kind === b!.kind;
  });
  return isAlike ? source : undefined;
}
