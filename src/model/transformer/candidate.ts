import type { Note } from '../../music/note.js';
import { ModelOutputError } from '../composer.js';
import { draw, natsOf } from '../draw.js';
import type { GeneratedNote } from '../generated.js';
import type { Random } from '../random.js';
import { remember, rememberedNotes } from '../rules/past.js';
import type { PastNote, Rule, SamplingContext } from '../rules/rule.js';
import type { NoteTuple } from './tokens.js';
import type { Vocabulary } from './vocabulary.js';

/** A note as the Transformer composes it: with its own loudness. */
export interface PlayedNote extends GeneratedNote {
  /** MIDI velocity, 1–127. */
  readonly velocity: number;
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

  constructor(given: readonly Note[], vocabulary: Vocabulary, random: Random) {
    this.#past = given.slice(-rememberedNotes);
    this.#vocabulary = vocabulary;
    this.#random = random;
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
    };
    for (const rule of rules) rule(allowed, context);
    const value = draw(allowed, this.#random);
    this.#nats += natsOf(value, Float64Array.from(logits));
    return value;
  }

  /** Settles when the next note is struck, once its dt is drawn: the rules about pitch ask for it. */
  place(dt: number): void {
    this.#stepSeconds = this.#within(this.#vocabulary.dtEdges, dt) / this.#vocabulary.ticksPerSecond;
  }

  /** Adds the note that was drawn and placed. */
  play([, , pitch, velocity, duration]: NoteTuple): void {
    const { durationEdges, velocitiesPerBin, ticksPerSecond } = this.#vocabulary;
    const stepSeconds = this.#stepSeconds;
    const durationSeconds = this.#within(durationEdges, duration) / ticksPerSecond;
    const loudness = Math.min(velocity * velocitiesPerBin + 1 + this.#random.below(velocitiesPerBin), 127);
    this.#unread.push({ pitch, stepSeconds, durationSeconds, velocity: loudness });
    this.played += 1;
    remember(this.#past, { pitch, onsetSeconds: this.#lastOnsetSeconds + stepSeconds, durationSeconds });
  }

  /** Of several values in a bin, each is as likely. */
  #within(edges: readonly number[], bin: number): number {
    return edges[bin]! + this.#random.below(edges[bin + 1]! - edges[bin]!);
  }

  get #lastOnsetSeconds(): number {
    return this.#past.at(-1)?.onsetSeconds ?? 0;
  }
}
