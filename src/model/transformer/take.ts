import type { GeneratedNote } from '../../music/generated.js';
import type { Note } from '../../music/note.js';
import type { Random } from '../random.js';
import { ModelOutputError } from '../piece-composer.js';
import { draw, natsOf } from '../draw.js';
import type { FieldRule } from './rules.js';
import type { NoteTuple } from './tokens.js';
import { middleOf, type Vocabulary } from './vocabulary.js';

/** A note as the Transformer composes it: with its own loudness. */
export interface PlayedNote extends GeneratedNote {
  /** MIDI velocity, 1–127. */
  readonly velocity: number;
}

/** One attempt at a piece, note by note. */
export class Take {
  readonly notes: PlayedNote[] = [];
  readonly #past: { pitch: number; onsetSeconds: number; durationSeconds: number }[];
  readonly #random: Random;
  readonly #vocabulary: Vocabulary;
  readonly #stepSeconds: readonly number[];
  #onsetSeconds = 0;
  #nats = 0;

  constructor(opening: readonly Note[], vocabulary: Vocabulary, random: Random) {
    const { dtEdges, ticksPerSecond } = vocabulary;
    this.#past = [...opening];
    this.#vocabulary = vocabulary;
    this.#random = random;
    this.#stepSeconds = dtEdges.slice(1).map((_, bin) => middleOf(bin, dtEdges) / ticksPerSecond);
  }

  /** What the network itself found its notes to cost, nats a note. */
  get natsPerNote(): number {
    return this.#nats / this.notes.length;
  }

  /**
   * Draws a field of the next note from its logits, as the rules leave them.
   * @throws ModelOutputError when they are not numbers
   */
  draw(rules: readonly FieldRule[], logits: Float32Array): number {
    const allowed = Float64Array.from(logits);
    if (!allowed.every(Number.isFinite)) {
      throw new ModelOutputError('The network answered with values that are not finite.');
    }
    const context = {
      past: this.#past,
      stepSeconds: this.#stepSeconds,
      onsetSeconds: this.#onsetSeconds,
    };
    for (const rule of rules) rule(allowed, context);
    const value = draw(allowed, this.#random);
    this.#nats += natsOf(value, Float64Array.from(logits));
    return value;
  }

  /** To be told the dt that was drawn: the rules about pitch ask for the onset. */
  place(dt: number): void {
    this.#onsetSeconds = this.#lastOnsetSeconds + this.#stepSeconds[dt]!;
  }

  /** Adds the note that was drawn; of several values in a bin, each is as likely. */
  play([, dt, pitch, velocity, duration]: NoteTuple): void {
    const { dtEdges, durationEdges, velocitiesPerBin, ticksPerSecond } = this.#vocabulary;
    const within = (first: number, end: number): number => first + this.#random.below(end - first);
    const stepSeconds = within(dtEdges[dt]!, dtEdges[dt + 1]!) / ticksPerSecond;
    const durationSeconds = within(durationEdges[duration]!, durationEdges[duration + 1]!) / ticksPerSecond;
    const softest = velocity * velocitiesPerBin + 1;
    const loudness = Math.min(within(softest, softest + velocitiesPerBin), 127);
    this.notes.push({ pitch, stepSeconds, durationSeconds, velocity: loudness });
    this.#past.push({ pitch, onsetSeconds: this.#lastOnsetSeconds + stepSeconds, durationSeconds });
  }

  get #lastOnsetSeconds(): number {
    return this.#past.at(-1)?.onsetSeconds ?? 0;
  }
}
