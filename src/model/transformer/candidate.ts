import type { Note } from '../../music/note.js';
import { ModelOutputError } from '../composer.js';
import { draw, natsOf, widened } from '../draw.js';
import type { GeneratedNote } from '../generated.js';
import type { Random } from '../random.js';
import { remember, rememberedNotes } from '../rules/past.js';
import type { PastNote, Rule, SamplingContext } from '../rules/rule.js';
import type { Course } from './course.js';
import { rowsOfLeft } from './countdown.js';
import type { NoteTuple } from './tokens.js';
import type { Vocabulary } from './vocabulary.js';

/** A note composed by the Transformer, with its own velocity. */
export interface PlayedNote extends GeneratedNote {
  /** MIDI velocity, 1–127. */
  readonly velocity: number;
}

/**
 * Number of notes held back until the piece has ended: notes that still sound are cut where the last sound
 * begins.
 */
const heldBack = 64;

/** A note that is held back, with its onset. */
interface HeldNote {
  readonly note: PlayedNote;
  readonly onsetSeconds: number;
}

/** One of several candidates for a request, drawn note by note. */
export class Candidate {
  /** Number of notes played so far, read or not. */
  played = 0;
  readonly #past: PastNote[];
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  /** Step to the next note. */
  #stepSeconds = 0;
  #nats = 0;
  #unread: PlayedNote[] = [];
  #held: HeldNote[] = [];
  readonly #course: Course;
  readonly #isEndless: boolean;

  constructor(
    given: readonly Note[],
    vocabulary: Vocabulary,
    random: Random,
    course: Course,
    isEndless: boolean,
  ) {
    this.#past = given.slice(-rememberedNotes);
    this.#vocabulary = vocabulary;
    this.#random = random;
    this.#course = course;
    this.#isEndless = isEndless;
  }

  get hasEnded(): boolean {
    return this.#course.hasEnded;
  }

  /** Onset of the latest note, in the time of the given music. */
  get nowSeconds(): number {
    return this.#past.at(-1)?.onsetSeconds ?? 0;
  }

  /** The told values at the latest note. */
  told(): readonly number[] {
    return rowsOfLeft(this.#course.leftAfter(this.nowSeconds), this.#vocabulary);
  }

  /** Prepares the next note, before it is drawn. */
  begin(): void {
    this.#course.look(this.#past);
  }

  /** Average negative log-likelihood of its own notes, in nats per note. */
  get natsPerNote(): number {
    return this.#nats / this.played;
  }

  get unread(): number {
    return this.#unread.length;
  }

  /** The notes played since the last call. */
  read(): readonly PlayedNote[] {
    const notes = this.#unread;
    this.#unread = [];
    return notes;
  }

  /**
   * Draws a field of the next note from its logits, after applying the rules.
   * @throws ModelOutputError when the logits are not finite
   */
  draw(rules: readonly Rule[], logits: Float32Array): number {
    const allowed = widened(logits);
    if (allowed === undefined) {
      throw new ModelOutputError('The network answered with values that are not finite.');
    }
    const context: SamplingContext = {
      past: this.#past,
      onsetSeconds: this.nowSeconds + this.#stepSeconds,
      ahead: this.#course.ahead,
    };
    for (const rule of rules) rule(allowed, context);
    const value = draw(allowed, this.#random);
    this.#nats += natsOf(value, logits);
    return value;
  }

  /** Sets the onset of the next note, once its dt is drawn: the rules for its pitch need it. */
  place(dt: number): void {
    const stepSeconds = this.#within(this.#vocabulary.dtEdges, dt) / this.#vocabulary.ticksPerSecond;
    this.#stepSeconds = this.#past.length === 0 ? 0 : this.#course.step(stepSeconds, this.#past);
  }

  /** Adds the note that was drawn. */
  play([, , pitch, velocity, duration]: NoteTuple): void {
    const { durationEdges, velocitiesPerBin, ticksPerSecond } = this.#vocabulary;
    const stepSeconds = this.#stepSeconds;
    const durationSeconds = this.#within(durationEdges, duration) / ticksPerSecond;
    const loudness = Math.min(velocity * velocitiesPerBin + 1 + this.#random.below(velocitiesPerBin), 127);
    const note = { pitch, stepSeconds, durationSeconds, velocity: loudness };
    const onsetSeconds = this.nowSeconds + stepSeconds;
    this.played += 1;
    const past = { pitch, onsetSeconds, durationSeconds };
    remember(this.#past, past);
    this.#course.struck(past, loudness);
    this.#stepSeconds = 0;
    if (this.#isEndless) this.#unread.push(note);
    else this.#hold({ note, onsetSeconds });
  }

  /** Holds a note back while it can still change, and releases the others. */
  #hold(note: HeldNote): void {
    this.#held.push(note);
    const ready = this.hasEnded ? this.#released() : this.#held.splice(0, this.#held.length - heldBack);
    for (const each of ready) this.#unread.push(each.note);
  }

  /** Releases all notes held back; those struck before the last sound end where it begins. */
  #released(): readonly HeldNote[] {
    const last = this.#course.lastSoundSeconds;
    const held = this.#held.splice(0);
    if (last === undefined) return held;
    return held.map(({ note, onsetSeconds }) => {
      const most = onsetSeconds < last ? last - onsetSeconds : Infinity;
      return { onsetSeconds, note: { ...note, durationSeconds: Math.min(note.durationSeconds, most) } };
    });
  }

  /** A uniformly random value of a bin. */
  #within(edges: readonly number[], bin: number): number {
    return edges[bin]! + this.#random.below(edges[bin + 1]! - edges[bin]!);
  }
}
