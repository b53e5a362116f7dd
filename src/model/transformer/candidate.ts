import type { Note } from '../../music/note.js';
import { ModelOutputError } from '../composer.js';
import { draw, natsOf } from '../draw.js';
import type { GeneratedNote } from '../generated.js';
import type { Random } from '../random.js';
import { remember, rememberedNotes } from '../rules/past.js';
import type { PastNote, Rule, SamplingContext } from '../rules/rule.js';
import type { Course } from './course.js';
import { rowsOfLeft } from './countdown.js';
import type { NoteTuple } from './tokens.js';
import type { Vocabulary } from './vocabulary.js';

/** A note as the Transformer composes it: with its own loudness. */
export interface PlayedNote extends GeneratedNote {
  /** MIDI velocity, 1–127. */
  readonly velocity: number;
}

/** How many notes may change until the piece has ended: what still sounds ends where the last sound begins. */
const heldBack = 64;

/** A note of a piece that is to end, and when it is struck. */
interface HeldNote {
  readonly note: PlayedNote;
  readonly onsetSeconds: number;
}

/** One of the attempts at the notes of a request, drawn note by note. */
export class Candidate {
  /** Notes played so far, read or not. */
  played = 0;
  readonly #past: PastNote[];
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  /** Of the note to come. */
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

  /** When the latest note is struck, on the clock of the given music. */
  get nowSeconds(): number {
    return this.#lastOnsetSeconds;
  }

  /** What the network is told at the latest note. */
  told(notesAfter: number): readonly number[] {
    const left = this.#course.leftAfter({ onsetSeconds: this.#lastOnsetSeconds }, notesAfter);
    return rowsOfLeft(left, this.#vocabulary);
  }

  /** Looks ahead, before a note is drawn. */
  begin(): void {
    this.#course.look(this.#past);
  }

  /** What the network itself found its notes to cost, nats a note. */
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
   * Draws a field of the next note from its logits, as the rules leave them.
   * @throws ModelOutputError when they are not numbers
   */
  draw(rules: readonly Rule[], logits: Float32Array): number {
    const allowed = Float64Array.from(logits);
    if (!allowed.every(Number.isFinite)) {
      throw new ModelOutputError('The network answered with values that are not finite.');
    }
    const context: SamplingContext = {
      past: this.#past,
      onsetSeconds: this.#lastOnsetSeconds + this.#stepSeconds,
      ahead: this.#course.ahead,
    };
    for (const rule of rules) rule(allowed, context);
    const value = draw(allowed, this.#random);
    this.#nats += natsOf(value, Float64Array.from(logits));
    return value;
  }

  /** Sets when the next note is struck, once its dt is drawn: the rules about pitch need it. */
  place(dt: number): void {
    const stepSeconds = this.#within(this.#vocabulary.dtEdges, dt) / this.#vocabulary.ticksPerSecond;
    this.#stepSeconds = this.#past.length === 0 ? 0 : this.#course.step(stepSeconds, this.#past);
  }

  /** Adds the note that was drawn and placed. */
  play([, , pitch, velocity, duration]: NoteTuple): void {
    const { durationEdges, velocitiesPerBin, ticksPerSecond } = this.#vocabulary;
    const stepSeconds = this.#stepSeconds;
    const durationSeconds = this.#within(durationEdges, duration) / ticksPerSecond;
    const loudness = Math.min(velocity * velocitiesPerBin + 1 + this.#random.below(velocitiesPerBin), 127);
    const note = { pitch, stepSeconds, durationSeconds, velocity: loudness };
    const onsetSeconds = this.#lastOnsetSeconds + stepSeconds;
    this.played += 1;
    const past = { pitch, onsetSeconds, durationSeconds };
    remember(this.#past, past);
    this.#course.struck(past);
    this.#stepSeconds = 0;
    if (this.#isEndless) this.#unread.push(note);
    else this.#hold({ note, onsetSeconds });
  }

  /** Keeps back what may still change, and lets go of the rest. */
  #hold(note: HeldNote): void {
    this.#held.push(note);
    const ready = this.hasEnded ? this.#released() : this.#held.splice(0, this.#held.length - heldBack);
    this.#unread.push(...ready.map((each) => each.note));
  }

  /** All that was kept back; what was struck before the last sound ends where that begins. */
  #released(): readonly HeldNote[] {
    const last = this.#course.lastSoundSeconds;
    const held = this.#held.splice(0);
    if (last === undefined) return held;
    return held.map(({ note, onsetSeconds }) => {
      const most = onsetSeconds < last ? last - onsetSeconds : Infinity;
      return { onsetSeconds, note: { ...note, durationSeconds: Math.min(note.durationSeconds, most) } };
    });
  }

  /** Of several values in a bin, each is as likely. */
  #within(edges: readonly number[], bin: number): number {
    return edges[bin]! + this.#random.below(edges[bin + 1]! - edges[bin]!);
  }

  get #lastOnsetSeconds(): number {
    return this.#past.at(-1)?.onsetSeconds ?? 0;
  }
}
