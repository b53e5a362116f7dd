import type { GeneratedNote } from '../generated.js';
import { prepareOpening } from '../opening.js';
import { gridStepBeats } from '../../music/edit/quantise.js';
import type { CompositionRequest, Opening } from '../../request/request.js';
import { pitches, windowLength, type Parameters } from './architecture.js';
import { draw } from '../draw.js';
import { ModelOutputError, type PieceComposer, type PieceInProgress } from '../piece-composer.js';
import { Random } from '../random.js';
import { accents, type Accents } from './accents.js';
import {
  atLeastApart,
  inScale,
  noLongSilence,
  noPileUp,
  noRestrike,
  onSameLine,
  onThePiano,
  plausible,
  recall,
  temperature,
  within30Ms,
  type PitchRule,
  type TimingRule,
} from '../rules/rules.js';
import { SlidingNetwork, type HeardNote, type Stream } from './sliding-network.js';
import { measuredSpread, spread, type Spread } from './spread.js';

/** What `sampling: 'spread'` does, in amounts; all are chosen by `npm run sweep`. */
export interface SamplerSettings extends Spread, Accents {
  /** Weight of {@link recall}; 0 is none. */
  readonly recall: number;
}

export const defaultSettings: SamplerSettings = {
  ...measuredSpread,
  recall: 1,
  accent: 1,
  accentMemory: 0.6,
};

/** A piece being composed. */
export class Composing implements PieceInProgress {
  readonly generated: GeneratedNote[] = [];
  readonly opening: Opening;
  readonly #request: CompositionRequest;
  readonly #random: Random;
  readonly #timingRules: readonly TimingRule[];
  readonly #pitchRules: readonly PitchRule[];
  readonly #nextAccent: () => number;
  readonly #past: { pitch: number; onsetSeconds: number; durationSeconds: number }[];
  /** Still to be heard before the first note is asked for: exactly one window. */
  readonly #unheard: HeardNote[];
  readonly #logits = new Float64Array(pitches);

  constructor(request: CompositionRequest, settings: SamplerSettings = defaultSettings) {
    this.#request = request;
    this.opening = prepareOpening(request.opening, request);
    this.#random = new Random(request.seed);
    [this.#timingRules, this.#pitchRules] = rulesFor(request, this.opening.tempoBpm, this.#random, settings);
    this.#nextAccent = accents(request.seed, settings);
    this.#past = [...this.opening.notes];
    // Of a piece to be continued, the end.
    const heard = this.opening.notes.slice(-windowLength).map((note, i, notes) => ({
      pitch: note.pitch,
      stepSeconds: note.onsetSeconds - (notes[i - 1] ?? note).onsetSeconds,
      durationSeconds: note.durationSeconds,
    }));
    // A shorter opening is heard round and round until a window is full.
    this.#unheard = Array.from(
      { length: windowLength },
      (_, i) => heard[(i + heard.length - (windowLength % heard.length)) % heard.length]!,
    );
  }

  get progress(): number {
    return this.generated.length;
  }

  get done(): boolean {
    return this.generated.length === this.#request.notes;
  }

  /** What the network is to hear next: the opening, then each note that it chose itself. */
  next(stream: Stream): HeardNote {
    const heard = this.#unheard.shift();
    if (heard !== undefined) return heard;
    const note = this.#choose(stream);
    this.generated.push(note);
    return note;
  }

  #choose({ stepSeconds, durationSeconds, logits }: Stream): GeneratedNote {
    const context = { past: this.#past };
    const timing = { stepSeconds, durationSeconds };
    this.#logits.set(logits);
    if (
      !Number.isFinite(stepSeconds) ||
      !Number.isFinite(durationSeconds) ||
      !this.#logits.every(Number.isFinite)
    ) {
      throw new ModelOutputError('The network answered with values that are not finite.');
    }
    for (const rule of this.#timingRules) rule(timing, context);
    const onsetSeconds = this.#past.at(-1)!.onsetSeconds + timing.stepSeconds;
    for (const rule of this.#pitchRules) rule(this.#logits, onsetSeconds, context);
    const pitch = draw(this.#logits, this.#random);
    this.#past.push({ pitch, onsetSeconds, durationSeconds: timing.durationSeconds });
    return {
      pitch,
      ...timing,
      ...(this.#request.sampling !== 'source' && { accent: this.#nextAccent() }),
    };
  }
}

/** Fastest notes of a single voice, about ten a second. */
const voiceStepSeconds = 0.1;

/** Every rule of sampling, in the order in which it is applied. */
function rulesFor(
  { quantise, voices, key, temperature: value, sampling = 'spread' }: CompositionRequest,
  tempoBpm: number,
  random: Random,
  settings: SamplerSettings,
): [TimingRule[], PitchRule[]] {
  const gridSeconds = quantise === 'none' ? undefined : gridStepBeats(quantise) * (60 / tempoBpm);
  const moment = gridSeconds === undefined ? within30Ms : onSameLine(gridSeconds);
  return [
    [
      ...(sampling === 'spread' ? [spread(random, settings)] : []),
      plausible(4, 30),
      ...(voices === 'mono' ? [atLeastApart(Math.max(voiceStepSeconds, gridSeconds ?? 0))] : []),
      noPileUp(moment, gridSeconds ?? 0.03),
      noLongSilence(8, 0.25),
    ],
    [
      onThePiano,
      ...(key === undefined ? [] : [inScale(key)]),
      noRestrike(moment),
      temperature(value),
      ...(sampling === 'spread' ? [recall(settings.recall)] : []),
    ],
  ];
}

/** Composes any number of pieces, up to a limit, note by note and side by side. */
export class Composer implements PieceComposer {
  readonly #network: SlidingNetwork;
  readonly #composing = new Map<Stream, Composing>();

  constructor(parameters: Parameters, capacity: number) {
    this.#network = new SlidingNetwork(parameters, capacity);
  }

  /** How many pieces at once. */
  get capacity(): number {
    return this.#network.capacity;
  }

  get busy(): boolean {
    return this.#composing.size > 0;
  }

  start(request: CompositionRequest, settings?: SamplerSettings): Composing {
    const composing = new Composing(request, settings);
    this.#composing.set(this.#network.open(), composing);
    return composing;
  }

  /** Lets each piece hear a note of its opening or choose its next one, and returns those that are done. */
  step(): Composing[] {
    this.#network.advance((stream) => this.#composing.get(stream)!.next(stream));
    const done = [...this.#composing.values()].filter((composing) => composing.done);
    for (const composing of done) this.stop(composing);
    return done;
  }

  stop(composing: Composing): void {
    for (const [stream, other] of this.#composing) {
      if (other !== composing) continue;
      this.#composing.delete(stream);
      this.#network.close(stream);
    }
  }
}
