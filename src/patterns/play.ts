import { barTicks } from '../music/meter.js';
import { tonics } from '../music/theory/key.js';
import { scalePitchClasses } from '../music/theory/scale.js';
import { tonesOf } from '../music/theory/chord.js';
import { oneOf, type Chance } from '../plan/chance.js';
import {
  barsOf,
  beatOf,
  chordAt,
  endOfPlan,
  playsIn,
  positionsPerQuarter,
  sectionAt,
  type PlanBar,
  type PlannedChord,
  type PlannedPart,
  type SectionLetter,
  type SongNote,
  type SongPlan,
} from '../plan/song-plan.js';
import { drumPitches } from './drum-map.js';
import { nearestPitch, tellingTones, voicing } from './voicing.js';
import type { Block, BlockName, Grid, Style, Variant } from './style-file.js';

/** A symbol of a pattern at its position: how long it is held, and how it is struck. */
interface Stroke {
  readonly onset: number;
  readonly duration: number;
  readonly sign: string;
}

/**
 * Plays a part by the patterns of the book: drums, bass, chords. Follows the plan's chords and meters, with
 * fills before new sections and a final bar.
 * @param temperature below 1, strokes are more even; above 1, some bars deviate from their section's
 *   pattern
 * @returns in onset order
 */
export function playPattern(
  plan: SongPlan,
  part: number,
  style: Style,
  chance: Chance,
  temperature = 1,
): readonly SongNote[] {
  const planned = plan.parts[part]!;
  const player = new Player(plan, part, style, chance, temperature);
  switch (planned.role) {
    case 'drums':
      return player.drums();
    case 'bass':
      return player.bass();
    default:
      // A synthesizer with a single voice breaks chords; other single voices hold a tone of them.
      return planned.isMonophonic && planned.instrument !== 'lead' ? player.line() : player.chords();
  }
}

/** Maximum share of bars that deviate from their section's pattern, at the highest temperatures. */
const mostVaried = 0.8;

/** In General MIDI. */
const harpProgram = 46;

/** Sustaining instruments, for which the book has sustained chords. */
const holding = new Set<PlannedPart['instrument']>([
  'strings',
  'ensemble',
  'pad',
  'organ',
  'brass',
  'reed',
  'pipe',
]);

class Player {
  readonly #plan: SongPlan;
  readonly #part: number;
  readonly #planned: PlannedPart;
  readonly #style: Style;
  readonly #chance: Chance;
  readonly #bars: readonly PlanBar[];
  readonly #end: number;
  /** Which pitch classes are in the key. */
  readonly #scale: readonly boolean[];
  /** The block and the line chosen for a kind of section, reused whenever it returns. */
  readonly #chosen = new Map<string, Block | Grid | undefined>();

  constructor(
    plan: SongPlan,
    part: number,
    style: Style,
    chance: Chance,
    private readonly temperature: number,
  ) {
    this.#plan = plan;
    this.#part = part;
    this.#planned = plan.parts[part]!;
    this.#style = style;
    this.#chance = chance;
    this.#bars = barsOf(plan);
    this.#end = endOfPlan(plan);
    this.#scale = scalePitchClasses(plan.key);
  }

  drums(): readonly SongNote[] {
    return this.#playedBars().flatMap((bar): readonly SongNote[] => {
      if (this.#isLast(bar)) return this.#drumEnd(bar);
      const { letter } = sectionAt(this.#plan, bar);
      const block = this.#block('drums', this.#isFill(bar) ? 'fill' : letter) ?? this.#block('drums', letter);
      const crash =
        this.#style.hasCrash && this.#beginsSection(bar) ? [{ drum: 'crash', grid: ['X'] } as const] : [];
      const lines = [...crash, ...(block?.lines ?? [])];
      const notes = lines.flatMap(({ drum, grid }) =>
        this.#strokes(grid, bar).map(({ onset, sign }) => this.#note(onset, 6, drumPitches[drum!], sign)),
      );
      return twoHands(notes);
    });
  }

  bass(): readonly SongNote[] {
    let before = Math.round(this.#planned.range[0] + 9);
    return this.#playedBars().flatMap((bar): readonly SongNote[] => {
      const strokes = this.#isLast(bar)
        ? this.#cut([this.#whole(bar)])
        : this.#withRoots(this.#strokes(this.#grid('bass', bar) ?? ['1'], bar), bar);
      return strokes.map(({ onset, duration, sign }) => {
        const pitch = this.#isEnd(onset) ? this.#lastBass : this.#bassPitch(sign, onset, before);
        if (sign === '1') before = pitch;
        return this.#note(onset, duration, pitch, sign);
      });
    });
  }

  /** Chords, broken or struck; of struck ones, a single voice plays the lowest tone. */
  chords(): readonly SongNote[] {
    let before: readonly number[] = [];
    const { instrument, program, isMonophonic } = this.#planned;
    const most = isMonophonic ? 1 : Infinity;
    const own = holding.has(instrument)
      ? (['pad', 'comp'] as const)
      : program === harpProgram || isMonophonic
        ? (['arpeggio', 'comp'] as const)
        : (['comp', 'arpeggio', 'pad'] as const);
    return this.#playedBars().flatMap((bar): readonly SongNote[] => {
      const grid = own.map((name) => this.#grid(name, bar)).find((each) => each !== undefined);
      const strokes = this.#isLast(bar) ? [this.#whole(bar)] : this.#strokes(grid ?? ['x'], bar);
      return this.#cut(strokes).flatMap(({ onset, duration, sign }): readonly SongNote[] => {
        const chord = chordAt(this.#plan, onset);
        const pitches = voicing(chord, this.#planned.range, before);
        before = pitches;
        const struck = this.#isEnd(onset) ? this.#lastChord(pitches) : this.#pitches(sign, pitches, chord);
        return struck.slice(0, most).map((pitch) => this.#note(onset, duration, pitch, sign));
      });
    });
  }

  /** A middle voice, one tone of each chord, as near as possible to the previous one. */
  line(): readonly SongNote[] {
    const [low, high] = this.#planned.range;
    let before = (low + high) / 2;
    const inner = this.#plan.parts
      .slice(0, this.#part)
      .filter(({ role, isMonophonic }) => role === 'harmony' && isMonophonic).length;
    return this.#playedBars().flatMap((bar): readonly SongNote[] => {
      const grid = this.#grid('pad', bar) ?? ['x'];
      const strokes = this.#isLast(bar) ? [this.#whole(bar)] : this.#strokes(grid, bar);
      return this.#cut(strokes).map(({ onset, duration, sign }) => {
        const tones = tellingTones(chordAt(this.#plan, onset));
        // The third is the most characteristic tone of a chord, then its fifth or seventh.
        const order = [1, 2, 3, 0].map((place) => tones[(place + inner) % tones.length]!);
        const options = order.slice(0, 2).map((tone) => nearestPitch(tone, before, [low, high]));
        before = options.reduce((a, b) => (Math.abs(b - before) < Math.abs(a - before) - 1 ? b : a));
        const pitches = this.#isEnd(onset) ? this.#lastChord([before]) : [before];
        return this.#note(onset, duration, pitches[0]!, sign);
      });
    });
  }

  #playedBars(): readonly number[] {
    return this.#bars.flatMap((_, bar) => (playsIn(this.#planned, bar) ? [bar] : []));
  }

  #isLast(bar: number): boolean {
    return bar === this.#plan.barCount - 1;
  }

  /** Whether a position is in the last chord of the last bar. */
  #isEnd(onset: number): boolean {
    return onset >= Math.max(this.#bars.at(-1)!.start, this.#plan.chords.at(-1)!.onset);
  }

  #beginsSection(bar: number): boolean {
    return bar > 0 && this.#plan.sections.some((section) => section.bar === bar);
  }

  /** Whether a bar is the last one of a section of four or more, before another. */
  #isFill(bar: number): boolean {
    const { bar: first } = sectionAt(this.#plan, bar);
    return bar - first >= 3 && this.#plan.sections.some((section) => section.bar === bar + 1);
  }

  #block(name: BlockName, variant: SectionLetter | Variant): Block | undefined {
    const key = `${name} ${variant}`;
    const options = this.#blocks(name, variant);
    if (options.length > 1 && this.#isVaried()) return oneOf(this.#chance, options);
    if (!this.#chosen.has(key)) {
      this.#chosen.set(key, options.length === 0 ? undefined : oneOf(this.#chance, options));
    }
    return this.#chosen.get(key) as Block | undefined;
  }

  #blocks(name: BlockName, variant: SectionLetter | Variant): readonly Block[] {
    const all = this.#style.blocks.filter((block) => block.name === name);
    const fit = all.filter((block) => block.variant === variant);
    if (fit.length > 0 || variant === 'fill' || variant === 'end') return fit;
    return all.filter((block) => block.variant === '');
  }

  #grid(name: BlockName, bar: number): Grid | undefined {
    const { letter } = sectionAt(this.#plan, bar);
    const lines = this.#blocks(name, letter).flatMap((block) => block.lines);
    if (lines.length > 1 && this.#isVaried()) return oneOf(this.#chance, lines).grid;
    const key = `${name} ${letter} line`;
    if (!this.#chosen.has(key)) {
      const block = this.#block(name, letter);
      if (block === undefined) return undefined;
      this.#chosen.set(key, oneOf(this.#chance, block.lines).grid);
    }
    return this.#chosen.get(key) as Grid | undefined;
  }

  /**
   * Whether a bar deviates from its section's pattern; at the default temperature none does, and no random
   * number is drawn.
   */
  #isVaried(): boolean {
    return this.temperature > 1 && this.#chance.uniform() < Math.min(mostVaried, (this.temperature - 1) / 2);
  }

  /**
   * The strokes of a bar; a grid of several bars is cycled through. In a meter other than the style's, cells
   * keep their length, and the pattern is truncated or repeated.
   */
  #strokes(grid: Grid, bar: number): readonly Stroke[] {
    const { start, length } = this.#bars[bar]!;
    const own = grid[(bar - sectionAt(this.#plan, bar).bar) % grid.length]!;
    const cell = barTicks(this.#style.meters[0]!, positionsPerQuarter) / own.length;
    const count = Math.max(1, Math.floor(length / cell));
    const cells = own.repeat(Math.ceil(count / own.length)).slice(0, count);
    return Array.from(cells).flatMap((sign, i): readonly Stroke[] => {
      if (sign === '.' || sign === '-') return [];
      const held = /^-*/.exec(cells.slice(i + 1))![0].length + 1;
      return [{ onset: start + i * cell, duration: held * cell, sign }];
    });
  }

  #whole(bar: number): Stroke {
    const { start, length } = this.#bars[bar]!;
    return { onset: start, duration: length, sign: this.#planned.role === 'bass' ? '1' : 'x' };
  }

  /** Adds a root wherever a chord begins, regardless of the pattern. */
  #withRoots(strokes: readonly Stroke[], bar: number): readonly Stroke[] {
    const { start, length } = this.#bars[bar]!;
    const changes = this.#plan.chords.filter(({ onset }) => onset > start && onset < start + length);
    const rooted = strokes.map((stroke) =>
      changes.some(({ onset }) => onset === stroke.onset) ? { ...stroke, sign: '1' } : stroke,
    );
    const missing = changes.filter(({ onset }) => !rooted.some((stroke) => stroke.onset === onset));
    const added = missing.map(({ onset }): Stroke => {
      const next = rooted.find((stroke) => stroke.onset > onset)?.onset ?? start + length;
      return { onset, duration: Math.min(next - onset, 24), sign: '1' };
    });
    return this.#ended([...rooted, ...added].sort((a, b) => a.onset - b.onset));
  }

  /** Truncates each stroke where the next one begins. */
  #ended(strokes: readonly Stroke[]): readonly Stroke[] {
    return strokes.map((stroke, i) => {
      const next = strokes[i + 1]?.onset ?? this.#end;
      return { ...stroke, duration: Math.min(stroke.duration, next - stroke.onset) };
    });
  }

  /** Strikes held notes again when the chord changes. */
  #cut(strokes: readonly Stroke[]): readonly Stroke[] {
    return strokes.flatMap((stroke): readonly Stroke[] => {
      const end = stroke.onset + stroke.duration;
      const changes = this.#plan.chords
        .map(({ onset }) => onset)
        .filter((onset) => onset > stroke.onset && onset < end);
      const starts = [stroke.onset, ...changes];
      return starts.map((onset, i) => ({ ...stroke, onset, duration: (starts[i + 1] ?? end) - onset }));
    });
  }

  #bassPitch(sign: string, onset: number, before: number): number {
    const { range } = this.#planned;
    const chord = chordAt(this.#plan, onset);
    const root = tonics.indexOf(chord.root);
    const low = tonics.indexOf(chord.bass ?? chord.root);
    const low1 = nearestPitch(low, Math.min(before, range[0] + 14), range);
    const above = (pitchClass: number): number => {
      const pitch = low1 + ((((pitchClass - low1) % 12) + 12) % 12);
      return pitch <= range[1] ? pitch : pitch - 12;
    };
    const tone = (least: number, most: number): number | undefined =>
      tonesOf(chord).find((each) => each >= least && each <= most);
    switch (sign) {
      case '3':
        return above((root + (tone(3, 4) ?? tone(2, 5) ?? 0)) % 12);
      case '5':
        return above((root + (tone(6, 8) ?? 0)) % 12);
      case '6':
        return above((root + (tone(9, 9) ?? tone(6, 8) ?? 0)) % 12);
      case '7':
        return above((root + (tone(10, 11) ?? 0)) % 12);
      case '8':
        return low1 + 12 <= range[1] ? low1 + 12 : low1;
      case 'a': {
        const next = this.#plan.chords.find((each) => each.onset > onset) ?? chord;
        const target = nearestPitch(tonics.indexOf(next.bass ?? next.root), before, range);
        const step = target > low1 ? -1 : 1;
        const near = [1, 2, 3, 4].map((distance) => target + step * distance);
        const inScale = near.find((pitch) => this.#scale[((pitch % 12) + 12) % 12]) ?? target;
        return Math.max(range[0], Math.min(range[1], inScale));
      }
      default:
        return low1;
    }
  }

  #pitches(sign: string, pitches: readonly number[], chord: PlannedChord): readonly number[] {
    if (sign === 'b')
      return [
        nearestPitch(
          tonics.indexOf(chord.bass ?? chord.root),
          this.#planned.range[0] + 4,
          this.#planned.range,
        ),
      ];
    const place = '123456789'.indexOf(sign);
    if (place < 0) return pitches;
    const octave = 12 * Math.floor(place / pitches.length);
    const pitch = pitches[place % pitches.length]! + octave;
    return [pitch <= this.#planned.range[1] ? pitch : pitch - 12];
  }

  /** The last chord: its lowest tone in the lowest part, and all others above it. */
  #lastChord(pitches: readonly number[]): readonly number[] {
    const lowest = this.#lastBass;
    const above = pitches.map((pitch) =>
      pitch > lowest ? pitch : pitch + 12 * Math.ceil((lowest + 1 - pitch) / 12),
    );
    return this.#lastLowest === this.#planned ? [lowest, ...above] : above;
  }

  /** The part that ends lowest: the bass, or else the last one. */
  get #lastLowest(): PlannedPart {
    const pitched = this.#plan.parts.filter(
      (part) => part.role !== 'drums' && playsIn(part, this.#plan.barCount - 1),
    );
    return pitched.find(({ role }) => role === 'bass') ?? pitched.at(-1)!;
  }

  /** The lowest pitch of the last chord. */
  get #lastBass(): number {
    const [low] = this.#lastLowest.range;
    const chord = this.#plan.chords.at(-1)!;
    return low + ((((tonics.indexOf(chord.bass ?? chord.root) - low) % 12) + 12) % 12);
  }

  #drumEnd(bar: number): readonly SongNote[] {
    const { start } = this.#bars[bar]!;
    const block = this.#block('drums', 'end');
    if (block === undefined) {
      return [
        this.#note(start, 6, drumPitches.kick, 'X'),
        this.#note(start, 6, this.#style.hasCrash ? drumPitches.crash : drumPitches.ride, 'X'),
      ];
    }
    return block.lines.flatMap(({ drum, grid }) =>
      this.#strokes(grid, bar).map(({ onset, sign }) => this.#note(onset, 6, drumPitches[drum!], sign)),
    );
  }

  #note(onset: number, duration: number, pitch: number, sign: string): SongNote {
    return {
      onset,
      part: this.#part,
      pitch,
      duration: Math.max(1, duration),
      velocity: this.#velocity(onset, sign),
    };
  }

  #velocity(onset: number, sign: string): number {
    const bar = this.#bars.findLastIndex(({ start }) => start <= onset);
    const { start, length: _, ...meter } = this.#bars[bar]!;
    const { letter, timesBefore } = sectionAt(this.#plan, bar);
    const place = onset - start;
    const metre = place === 0 ? 6 : place % beatOf(meter) === 0 ? 1 : -5;
    const struck = sign === 'X' ? 14 : sign === 'o' ? -22 : 0;
    const base = this.#style.velocity + sectionLoudness(letter, timesBefore);
    const human = Math.round(
      (this.#chance.uniform() + this.#chance.uniform() - 1) * 7 * Math.min(this.temperature, 2),
    );
    return Math.max(12, Math.min(124, Math.round(base + metre + struck + human)));
  }
}

/**
 * Loudness of a section relative to the style: it grows towards the middle, and a returning section is a
 * little louder.
 */
export function sectionLoudness(letter: SectionLetter, timesBefore: number): number {
  const own: Readonly<Record<SectionLetter, number>> = {
    intro: -8,
    outro: -5,
    interlude: -4,
    A: -2,
    B: 6,
    C: 3,
    D: 4,
    other: 0,
  };
  return own[letter] + Math.min(6, 2 * timesBefore);
}

/**
 * Reduces simultaneous strokes to what a drummer with two hands can play: instruments that repeat constantly,
 * such as the hi-hat, are dropped first.
 */
function twoHands(notes: readonly SongNote[]): readonly SongNote[] {
  const giveWay: readonly number[] = [
    drumPitches.shaker,
    drumPitches.cabasa,
    drumPitches.tambourine,
    drumPitches.hat,
    drumPitches.ride,
    drumPitches.open,
  ];
  const onsets = [...new Set(notes.map(({ onset }) => onset))].sort((a, b) => a - b);
  return onsets.flatMap((onset) => {
    const together = notes.filter((note) => note.onset === onset);
    const unique = together.filter(
      (note, i) => together.findIndex(({ pitch }) => pitch === note.pitch) === i,
    );
    const feet = unique.filter(({ pitch }) => pitch === drumPitches.kick || pitch === drumPitches.pedal);
    const hands = unique.filter((note) => !feet.includes(note));
    const ranked = hands.toSorted((a, b) => giveWay.indexOf(a.pitch) - giveWay.indexOf(b.pitch));
    return [...feet, ...ranked.slice(0, 2)];
  });
}
