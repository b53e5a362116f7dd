import { barsOf, endOfPlan, type BarSpan, type PlannedChord, type SongPlan } from './song-plan.js';

/** Maximum number of bars that are added. */
const mostAdded = 48;

/**
 * A plan extended from its end: its sections are repeated without the intro, or only the last ones of a long
 * plan. The existing part is unchanged.
 */
export function extendPlan(plan: SongPlan): SongPlan {
  const { barCount, sections, chords, parts } = plan;
  const bars = barsOf(plan);
  const endOf = (section: number): number => sections[section + 1]?.bar ?? barCount;
  const again = sections.findIndex(
    ({ bar, letter }, i) => letter !== 'intro' && (barCount - bar <= mostAdded || i === sections.length - 1),
  );
  const first = Math.max(sections[Math.max(again, 0)]!.bar, barCount - mostAdded);
  const added = barCount - first;
  const start = bars[first]!.start;
  const shift = endOfPlan(plan) - start;
  const fromStart: PlannedChord = { ...chords.findLast(({ onset }) => onset <= start)!, onset: start };
  const later = [fromStart, ...chords.filter(({ onset }) => onset > start)];
  const repeated = sections
    .filter((_, i) => endOf(i) > first)
    .map((section) => ({ ...section, bar: Math.max(section.bar, first) + added }));
  const all = [...sections, ...repeated];
  return {
    ...plan,
    barCount: barCount + added,
    meters: plan.meters,
    chords: [...chords, ...later.map((chord) => ({ ...chord, onset: chord.onset + shift }))],
    sections: all.map((section, i) => ({
      ...section,
      timesBefore: all.slice(0, i).filter(({ letter }) => letter === section.letter).length,
    })),
    parts: parts.map((part) => ({
      ...part,
      plays: joined([...part.plays, ...moved(part.plays, first, added)]),
    })),
  };
}

function moved(plays: readonly BarSpan[], from: number, bars: number): readonly BarSpan[] {
  return plays
    .filter(({ end }) => end > from)
    .map(({ first, end }) => ({ first: Math.max(first, from) + bars, end: end + bars }));
}

function joined(spans: readonly BarSpan[]): readonly BarSpan[] {
  const out: { first: number; end: number }[] = [];
  for (const { first, end } of spans) {
    const before = out.at(-1);
    if (before?.end === first) before.end = end;
    else out.push({ first, end });
  }
  return out;
}
