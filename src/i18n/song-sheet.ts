import { symbolOf } from '../music/theory/chord.js';
import { barsOf, type SongPlan } from '../plan/song-plan.js';
import { sectionIn } from '../render/picture-words.js';
import type { Language } from './language.js';
import { partNameIn } from './sound.js';

/**
 * A lead sheet of a song: tempo and meter, its sections with the chords of their bars, and which part plays
 * in which bars.
 */
export function songSheet(language: Language, plan: SongPlan): string {
  const { bpm, meters, sections, barCount, parts } = plan;
  const bars = barsOf(plan);
  const names = sections.map(({ letter }) => sectionIn(language.picture.roll, letter));
  const room = Math.max(...names.map((name) => name.length));
  const lines = sections.map(({ bar }, i) => {
    const end = sections[i + 1]?.bar ?? barCount;
    const inBars = bars.slice(bar, end).map(({ start, length }) => {
      const own = plan.chords.filter(({ onset }) => onset > start && onset < start + length);
      const first = plan.chords.findLast(({ onset }) => onset <= start)!;
      return [first, ...own].map(symbolOf).join(' ');
    });
    return `${String(bar + 1).padStart(3)}  ${names[i]!.padEnd(room)}  ${inBars.join(' | ')}`;
  });
  const playing = parts.map(({ name, program, role, plays }) => {
    const spans = plays.map(({ first, end }) => `${first + 1}-${end}`).join(', ');
    const called = partNameIn(language, { name, program, isDrums: role === 'drums' });
    return `${called}: ${spans}`;
  });
  const [meter] = meters;
  return [`♩=${Math.round(bpm)}  ${meter!.numerator}/${meter!.denominator}`, ...lines, ...playing].join('\n');
}
