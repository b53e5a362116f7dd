import { draw, widened } from '../draw.js';
import { ModelOutputError } from '../composer.js';
import { Random } from '../random.js';
import { Draft, type DraftPart, type Moment } from './draft.js';
import { dutiesOf, endingOf, fulfils, type Duty } from './duties.js';
import { toldAt } from './frame.js';
import { layoutOf, type Layout, type Commission } from './layout.js';
import type { Chooser, Heard } from './network.js';
import { lagsAt } from './rules/balance.js';
import type { Drawing } from './rules/rule.js';
import { drawsVelocity, isSteady, songRules, type SongRules, type SongSettings } from './sampling.js';
import { composedNote, earliestOf, openingOf, type NetworkNote, type Passage } from './sequence.js';
import { velocityFor } from './dynamics.js';
import {
  endStep,
  fields,
  gradeOf,
  meterNumber,
  unknownVelocity,
  type Field,
  type SongTags,
} from './vocabulary.js';
import { partDensity } from '../../plan/density.js';
import { bySongOrder, taughtGenres, taughtStyles, type SongNote } from '../../plan/song-plan.js';
import type { SongFacts } from './weights.js';

/** Maximum number of bars per passage; in training, rarely more than a few were missing. */
const passageBars = 8;
/** Number of notes after a passage that are given as input: of 512 positions, about eight bars of a band. */
export const notesAfter = (context: number): number => Math.floor(context / 4);
/** Positions reserved in a sequence in case the passage turns out longer than estimated. */
const spare = 48;
/** Estimated notes per part and bar, before any are composed. */
const notesInBar = 6;

/** Lengths of the phrases that answer each other, in bars. */
const phraseBars = [4, 8];

/** Lower bound for the next note, in the order of notes. */
interface Cursor {
  bar: number;
  onset: number;
  /** The part that struck the last note at this onset, and its pitch; −1 before any. */
  part: number;
  pitch: number;
}

/**
 * A song in progress. The network predicts field by field; this class requests predictions, draws what the
 * rules allow, and advances from passage to passage until everything is composed.
 */
export class SongWriter implements Chooser {
  readonly hasVelocity: boolean;
  readonly tags: SongTags;
  readonly #draft: Draft;
  readonly #layout: Layout;
  readonly #rules: SongRules;
  readonly #duties: Duty[];
  /** For each bar: possible onsets. */
  readonly #lines: readonly (readonly Moment[])[];
  readonly #random: Random;
  readonly #facts: SongFacts;
  /** The current passage. */
  #passage: Passage | undefined;
  #nextBar = 0;
  #cursor: Cursor = { bar: 0, onset: 0, part: -1, pitch: -1 };
  /** Origin of onsets in the sequence. */
  #earliest = 0;
  /** Number of positions in the sequence so far. */
  #positions = 0;
  /** The fields drawn so far for the next note. */
  #drawn: number[] = [];
  #at: Moment;
  #told: readonly number[] = [];
  /** The notes of earlier phrases, which are final, moved to the bar that is composed. */
  #phrases: { readonly bar: number; readonly notes: readonly NetworkNote[] } = { bar: -1, notes: [] };
  readonly #composed: NetworkNote[] = [];

  constructor(commission: Commission, facts: SongFacts, settings: SongSettings) {
    const { plan } = commission;
    this.#facts = facts;
    this.#random = new Random(commission.seed);
    this.#draft = new Draft(plan);
    this.#layout = layoutOf(commission, this.#draft, new Random(this.#random.integer()));
    const ending = endingOf(this.#draft);
    this.#rules = songRules(commission, this.#draft, this.#layout, ending, settings, facts.knownFigures);
    this.#duties = dutiesOf(this.#draft, this.#layout, ending, (part) => isSteady(part, plan.taught));
    this.#lines = linesOf(this.#draft, this.#rules);
    this.hasVelocity = drawsVelocity(plan.taught);
    this.tags = tagsOf(this.#draft, facts);
    this.#at = this.#draft.moment(0);
    const numbers = new Map(this.#draft.parts.map(({ index, number }) => [index, number]));
    for (const { onset, part, pitch, duration, velocity } of commission.given) {
      this.#draft.add({ onset, part: numbers.get(part)!, pitch, duration, velocity });
    }
  }

  /** The current bar; all earlier ones are done. */
  get bar(): number {
    return this.#passage === undefined ? this.#draft.bars.length : this.#cursor.bar;
  }

  /** All composed notes so far, including repeated bars, in order, with velocities. */
  get notes(): readonly SongNote[] {
    return this.#composed
      .map((note) => {
        const { index } = this.#draft.part(note.part);
        const { onset, pitch, duration } = note;
        const velocity = note.velocity > 0 ? note.velocity : velocityFor(note, this.#draft);
        return { onset, part: index, pitch, duration, velocity };
      })
      .sort(bySongOrder);
  }

  /** The initial input of the next passage; undefined when the song is done. */
  begin(): readonly Heard[] | undefined {
    this.#passage = this.#nextPassage();
    if (this.#passage === undefined) return undefined;
    const { first } = this.#passage;
    this.#cursor = { bar: first, onset: this.#draft.bars[first]!.start, part: -1, pitch: -1 };
    return this.#opening(this.#passage);
  }

  /** Draws a field of the next note; undefined ends the passage. */
  pick(field: number, logits: Float32Array): number | undefined {
    const name = fields[field]!;
    if (field === 0) this.#drawn = [];
    const allowed = widened(logits);
    if (allowed === undefined) {
      throw new ModelOutputError('The network answered with values that are not finite.');
    }
    const isAllowed = this.#allowed(field);
    for (let value = 0; value < allowed.length; value++) if (!isAllowed(value)) allowed[value] = -Infinity;
    const drawing = this.#drawing(name);
    for (const rule of this.#rules.draws[name]) rule(allowed, drawing);
    const value = draw(allowed, this.#random);
    if (field === 0 && value === endStep) {
      this.#leave();
      return undefined;
    }
    this.#drawn.push(value);
    if (name === 'position') {
      const bar = this.#cursor.bar + this.#drawn[0]!;
      this.#at = this.#draft.moment(this.#draft.bars[bar]!.start + value);
      this.#told = toldAt(this.#draft.frame, this.#at.onset, bar, this.#passage!.end);
    }
    return value;
  }

  told(): readonly number[] {
    return this.#told;
  }

  /**
   * Adds the drawn note.
   * @returns the next input: the note, or a new sequence if this one is full; undefined at the end of the
   *   passage
   */
  play(): { readonly heard: readonly Heard[]; readonly isNew: boolean } | undefined {
    if (this.#passage === undefined || this.#drawn.length === 0) return undefined;
    const [, , part, pitch, duration, velocity = unknownVelocity] = this.#drawn as [
      number,
      number,
      number,
      number,
      number,
      number?,
    ];
    const { durations, velocitiesPerBin } = this.#facts.vocabulary;
    const { onset, bar } = this.#at;
    const loudness =
      velocity === unknownVelocity ? 0 : velocity * velocitiesPerBin + Math.ceil(velocitiesPerBin / 2);
    this.#add({ onset, part, pitch, duration: durations[duration]!, velocity: loudness });
    this.#cursor = { bar, onset, part, pitch };
    this.#fulfil({ part, onset, duration: durations[duration]! });
    if (this.#positions < this.#facts.shape.context) {
      this.#positions += 1;
      const drawn = [...this.#drawn.slice(0, 5), velocity];
      return { heard: [composedNote(drawn, onset, this.#told, this.#earliest)], isNew: false };
    }
    // The sequence fills the context: a new one begins at this bar, with its notes as given.
    const passage = { first: bar, end: this.#passage.end };
    this.#passage = passage;
    return { heard: this.#opening(passage), isNew: true };
  }

  #add(note: NetworkNote): void {
    this.#draft.add(note);
    this.#composed.push(note);
  }

  #fulfil(note: Pick<NetworkNote, 'part' | 'onset' | 'duration'>): void {
    for (let i = this.#duties.length - 1; i >= 0; i--) {
      if (fulfils(note, this.#duties[i]!)) this.#duties.splice(i, 1);
    }
  }

  /** Ends the passage and copies bars that are repeated later. */
  #leave(): void {
    const { first, end } = this.#passage!;
    this.#nextBar = end;
    const { bars, parts } = this.#draft;
    for (let bar = end; bar < bars.length; bar++) {
      for (const { number } of parts) {
        const source = this.#layout.sourceOf(number, bar);
        if (source !== undefined && first <= source && source < end) this.#return(number, source, bar);
      }
    }
    this.#drawn = [];
  }

  /** Copies the notes of a bar to another, as far as the rules allow. */
  #return(number: number, source: number, bar: number): void {
    const [from, to] = [this.#draft.bars[source]!, this.#draft.bars[bar]!];
    const part = this.#draft.part(number);
    for (const note of this.#draft.between(from.start, from.start + from.length)) {
      if (note.part !== number) continue;
      const at = this.#draft.moment(note.onset - from.start + to.start);
      const isSilent = !part.isMonophonic || this.#draft.soundingAt(number, at.onset) === undefined;
      if (!isSilent || !this.#rules.pitches.every((rule) => rule(note.pitch, part, at, this.#draft)))
        continue;
      const { most } = this.#lengthLimits(note.pitch, part, at);
      this.#add({ ...note, onset: at.onset, duration: Math.min(note.duration, most) });
    }
  }

  /** The next bars with something to compose, as many as fit into a sequence. */
  #nextPassage(): Passage | undefined {
    const { bars, plan } = this.#draft;
    const hasOpen = (bar: number): boolean =>
      this.#draft.parts.some(({ number }) => this.#layout.isOpen(number, bar));
    let first = this.#nextBar;
    while (first < bars.length && !hasOpen(first)) first++;
    if (first === bars.length) return undefined;
    const section = plan.sections.find(({ bar }) => bar > first)?.bar ?? bars.length;
    let end = first + 1;
    while (
      end < Math.min(first + passageBars, section) &&
      hasOpen(end) &&
      this.#fits({ first, end: end + 1 })
    )
      end++;
    return { first, end };
  }

  #fits(passage: Passage): boolean {
    const room = this.#facts.shape.context - 1 - spare - notesAfter(this.#facts.shape.context);
    return this.#inside(passage).length + this.#expected(passage) <= room * 0.75;
  }

  /** Existing notes within a passage that the network hears. */
  #inside({ first, end }: Passage): readonly NetworkNote[] {
    const { bars } = this.#draft;
    return this.#heard(bars[first]!.start, bars[end]?.start ?? this.#draft.end);
  }

  /** The notes with an onset in [from, to) that the network hears, in order. */
  #heard(from: number, to: number): readonly NetworkNote[] {
    return this.#draft.between(from, to).filter(({ part }) => this.#draft.part(part).isHeard);
  }

  /** Estimated number of notes in a passage, from the preceding bars. */
  #expected({ first, end }: Passage): number {
    const openIn = (bar: number): number =>
      this.#draft.parts.filter(({ number }) => this.#layout.isOpen(number, bar)).length;
    let cells = 0;
    for (let bar = 0; bar < first; bar++) cells += openIn(bar);
    const each = cells === 0 ? notesInBar : this.#composed.length / cells;
    let sum = 0;
    for (let bar = first; bar < end; bar++) sum += openIn(bar) * each;
    return Math.ceil(sum);
  }

  /** The input before a passage: its existing notes, some notes after it, and as many before it as fit. */
  #opening(passage: Passage): readonly Heard[] {
    const { bars, end } = this.#draft;
    const start = bars[passage.first]!.start;
    const behind = bars[passage.end]?.start ?? end;
    const inside = this.#inside(passage);
    const after = this.#heard(behind, end).slice(0, notesAfter(this.#facts.shape.context));
    const room =
      this.#facts.shape.context - 1 - spare - inside.length - after.length - this.#expected(passage);
    const before: NetworkNote[] = [];
    for (const note of this.#draft.before(start)) {
      if (before.length >= room) break;
      if (this.#draft.part(note.part).isHeard) before.unshift(note);
    }
    // Starts at a bar line, as in training.
    const firstWhole = before.length < room ? 0 : this.#draft.moment(before[0]?.onset ?? 0).bar + 1;
    const kept = before.filter(({ onset }) => onset >= (bars[firstWhole]?.start ?? end));
    const known = this.hasVelocity
      ? (note: NetworkNote) => note
      : (note: NetworkNote) => ({ ...note, velocity: 0 });
    const notes = [...kept, ...inside, ...after].map(known);
    const heard = openingOf(notes, passage, this.#draft.frame, this.#facts.vocabulary);
    this.#earliest = earliestOf(notes, start);
    this.#positions = heard.length;
    return heard;
  }

  /** What the rules for drawing a field can use. */
  #drawing(name: Field): Drawing {
    if (name === 'position') {
      const bar = this.#cursor.bar + this.#drawn[0]!;
      const { start } = this.#draft.bars[bar]!;
      return { past: [], phrases: new Set(this.#phrasesBefore(bar).map(({ onset }) => onset - start)) };
    }
    const { onset, bar } = this.#at;
    const struck = this.#phrasesBefore(bar).filter((note) => note.onset === onset);
    if (name === 'part') {
      const phrases = new Set(struck.map(({ part }) => part));
      return { past: [], phrases, lags: lagsAt(this.#at, this.#draft) };
    }
    if (name !== 'pitch') return { past: [], phrases: new Set() };
    const part = this.#draft.part(this.#drawn[2]!);
    const ofPart = struck.filter((note) => note.part === part.number);
    return {
      part,
      harmony: this.#draft.harmonyAt(onset),
      past: this.#draft.partBefore(part.number, onset),
      phrases: new Set(ofPart.map(({ pitch }) => pitch)),
    };
  }

  /**
   * The notes of the bars that correspond to a bar in the phrases before, moved to it, as far as they are still to come:
   * those at places that are passed would be struck there too late, instead of the next ones.
   */
  #phrasesBefore(bar: number): readonly NetworkNote[] {
    if (this.#phrases.bar !== bar) this.#phrases = { bar, notes: this.#movedTo(bar) };
    return this.#phrases.notes.filter((note) => isAfter(this.#cursor, note));
  }

  #movedTo(bar: number): readonly NetworkNote[] {
    const { start } = this.#draft.bars[bar]!;
    return phraseBars.flatMap((bars) => {
      const earlier = this.#draft.bars[bar - bars];
      if (earlier === undefined) return [];
      const notes = this.#heard(earlier.start, earlier.start + earlier.length);
      return notes.map((note) => ({ ...note, onset: start + note.onset - earlier.start }));
    });
  }

  /** The allowed values of the next field. */
  #allowed(field: number): (value: number) => boolean {
    switch (fields[field]!) {
      case 'bar':
        return this.#allowedSteps();
      case 'position':
        return this.#allowedPositions();
      case 'part':
        return (part) => this.#canStrike(part, this.#at) && !this.#passesDuty(part);
      case 'pitch':
        return this.#strikeable(this.#draft.part(this.#drawn[2]!), this.#at);
      case 'duration':
        return this.#allowedDurations();
      case 'velocity':
        return () => true;
    }
  }

  #allowedSteps(): (step: number) => boolean {
    const { bar } = this.#cursor;
    const { end } = this.#passage!;
    const due = this.#due();
    const last = due === undefined ? end - 1 : Math.min(end - 1, this.#draft.moment(due.by).bar);
    const possible = Array.from(
      { length: endStep },
      (_, step) => bar + step <= last && this.#hasMoment(bar + step),
    );
    const mayEnd = due === undefined && (bar >= end - 1 || !possible.some(Boolean));
    return (step) => (step === endStep ? mayEnd || !possible.some(Boolean) : possible[step]!);
  }

  #allowedPositions(): (position: number) => boolean {
    const bar = this.#cursor.bar + this.#drawn[0]!;
    const possible = new Set(this.#momentsIn(bar));
    const { start } = this.#draft.bars[bar]!;
    return (position) => possible.has(start + position);
  }

  #allowedDurations(): (value: number) => boolean {
    const [, , part, pitch] = this.#drawn as [number, number, number, number];
    const { durations } = this.#facts.vocabulary;
    const { least, most } = this.#lengthLimits(pitch, this.#draft.part(part), this.#at);
    const longest = durations.findLast((duration) => duration <= most) ?? durations[0]!;
    const shortest = Math.min(least, longest);
    return (value) => durations[value]! >= shortest && durations[value]! <= longest;
  }

  /** Limits on the length of a note; a single voice must end it before a required note. */
  #lengthLimits(
    pitch: number,
    part: DraftPart,
    at: Moment,
  ): { readonly least: number; readonly most: number } {
    const duty = part.isMonophonic
      ? this.#duties.find((each) => each.isStruck && each.part === part.number && each.from > at.onset)
      : undefined;
    let [least, most] = [1, (duty?.by ?? this.#draft.end) - at.onset];
    for (const rule of this.#rules.lengths) {
      const limits = rule(pitch, part, at, this.#draft);
      least = Math.max(least, limits.least ?? 1);
      most = Math.min(most, limits.most ?? most);
    }
    return { least, most };
  }

  /** The first required note of the passage that can still be fulfilled; drops those that cannot. */
  #due(): Duty | undefined {
    const end = this.#draft.bars[this.#passage!.end]?.start ?? this.#draft.end;
    for (let duty = this.#duties[0]; duty !== undefined && duty.by < end; duty = this.#duties[0]) {
      if (this.#canFulfil(duty)) return duty;
      this.#duties.shift();
    }
    return undefined;
  }

  #canFulfil({ part, from, by }: Duty): boolean {
    const [first, last] = [Math.max(from, this.#cursor.onset), by].map(
      (onset) => this.#draft.moment(onset).bar,
    );
    for (let bar = first!; bar <= last!; bar++) {
      for (const at of this.#lines[bar]!) {
        const isIn = at.onset >= Math.max(from, this.#cursor.onset) && at.onset <= by;
        if (isIn && this.#canStrike(part, at)) return true;
      }
    }
    return false;
  }

  /** Whether an earlier part must strike a required note at this onset. */
  #passesDuty(part: number): boolean {
    const { onset } = this.#at;
    return this.#duties.some(
      (due) => due.by === onset && part > due.part && this.#canStrike(due.part, this.#at),
    );
  }

  #hasMoment(bar: number): boolean {
    return !this.#momentsIn(bar).next().done;
  }

  /** The remaining possible onsets of a bar. */
  *#momentsIn(bar: number): Generator<number> {
    const due = this.#duties[0];
    for (const at of this.#lines[bar]!) {
      if (at.onset < this.#cursor.onset) continue;
      if (due !== undefined && at.onset > due.by) return;
      if (this.#draft.parts.some(({ number }) => this.#canStrike(number, at))) yield at.onset;
    }
  }

  /** Whether a part can strike a note at a moment, after the last note. */
  #canStrike(number: number, at: Moment): boolean {
    const part = this.#draft.find(number);
    if (part === undefined) return false;
    if (at.onset === this.#cursor.onset && number < this.#cursor.part) return false;
    if (!this.#rules.entries.every((rule) => rule(part, at, this.#draft))) return false;
    const isPossible = this.#strikeable(part, at);
    const [low, high] = part.range;
    for (let pitch = low; pitch <= high; pitch++) if (isPossible(pitch)) return true;
    return false;
  }

  /** The pitches that a part can strike at a moment, after the last note. */
  #strikeable(part: DraftPart, at: Moment): (pitch: number) => boolean {
    const { onset, part: lastPart, pitch: lastPitch } = this.#cursor;
    const above = at.onset === onset && part.number === lastPart ? lastPitch : -1;
    const asked = this.#duties.find(
      (duty) => duty.part === part.number && duty.by === at.onset && duty.pitchClass !== undefined,
    )?.pitchClass;
    return (pitch) =>
      pitch > above &&
      (asked === undefined || pitch % 12 === asked) &&
      this.#rules.pitches.every((rule) => rule(pitch, part, at, this.#draft));
  }
}

/** Whether a note follows the last one, in the order of notes. */
function isAfter(
  last: Cursor,
  { onset, part, pitch }: Pick<NetworkNote, 'onset' | 'part' | 'pitch'>,
): boolean {
  if (onset !== last.onset) return onset > last.onset;
  return part === last.part ? pitch > last.pitch : part > last.part;
}

/** The possible onsets of each bar. */
function linesOf(draft: Draft, { moments }: SongRules): readonly (readonly Moment[])[] {
  return draft.bars.map(({ start, length }) =>
    Array.from({ length }, (_, position) => draft.moment(start + position)).filter((at) =>
      moments.every((rule) => rule(at, draft)),
    ),
  );
}

/** The tags of the song. */
function tagsOf(draft: Draft, { vocabulary }: SongFacts): SongTags {
  const { plan, parts, bars } = draft;
  const genre = plan.genre === undefined ? -1 : taughtGenres.indexOf(plan.genre);
  return {
    style: [taughtStyles.indexOf(plan.taught)],
    ...(genre >= 0 && { genre: [genre] }),
    meter: [meterNumber(bars[0]!)],
    tempo: [gradeOf(plan.bpm, vocabulary.tempoLimits)],
    parts: parts.filter(({ isHeard }) => isHeard).map(({ number }) => number),
    ...(plan.density !== undefined && densityTags(draft, plan.density, vocabulary)),
  };
}

/** The density of the composed parts, as the plan wants it. */
function densityTags(
  { plan, parts }: Draft,
  density: number,
  { densityLimits, polyphonyLimits }: SongFacts['vocabulary'],
): SongTags {
  let [notes, sounding] = [0, 0];
  for (const part of parts) {
    if (part.isPatterned) continue;
    const wanted = partDensity(plan, part, density);
    notes += wanted.notes;
    if (part.role !== 'drums') sounding += wanted.sounding;
  }
  return {
    density: [gradeOf(notes, densityLimits)],
    polyphony: [gradeOf(sounding, polyphonyLimits)],
  };
}
