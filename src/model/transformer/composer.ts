import { prepareOpening } from '../../music/opening.js';
import { gridStepBeats } from '../../music/quantise.js';
import type { CompositionRequest, Opening } from '../../music/request.js';
import type { PieceComposer, PieceInProgress } from '../piece-composer.js';
import { Random } from '../random.js';
import { inScale, noRestrike, onSameLine, onThePiano, within30Ms } from '../sampling/rules.js';
import { TransformerNetwork, type Stream } from './network.js';
import {
  apart,
  minP,
  noLongGap,
  ofPitch,
  only,
  temperatureAgainstLoops,
  tenFingers,
  type FieldRule,
} from './rules.js';
import type { Tags } from './tags.js';
import { Take, type PlayedNote } from './take.js';
import { startOf, toTicks, toTuples } from './tokens.js';
import { fields, type Vocabulary } from './vocabulary.js';
import { tagsFor, tagsOfEveryPiece } from './wished-tags.js';
import type { TransformerModel } from './weights.js';

/** A piece being composed: some takes of it, side by side. */
export class TransformerComposing implements PieceInProgress {
  /** As the network hears it: prepared for the request. */
  readonly opening: Opening;
  readonly #request: CompositionRequest;
  readonly #typicalNats: number;
  /** By field. */
  readonly rules: readonly (readonly FieldRule[])[];
  readonly takes: readonly { readonly take: Take; readonly stream: Stream }[];

  constructor(
    request: CompositionRequest,
    opening: Opening,
    model: TransformerModel,
    streams: readonly Stream[],
    settings: TransformerSettings,
  ) {
    const { vocabulary, shape, typicalNats } = model;
    this.#request = request;
    this.#typicalNats = typicalNats;
    this.opening = opening;
    this.rules = rulesFor(request, this.opening.tempoBpm, vocabulary, settings);
    const heard = [startOf(vocabulary), ...toTuples(toTicks(this.opening.notes, vocabulary), vocabulary)];
    const seeds = new Random(request.seed);
    this.takes = streams.map((stream) => {
      stream.unheard.push(...heard.slice(-shape.context)); // of a long piece to go on from, the end
      return { stream, take: new Take(this.opening.notes, vocabulary, new Random(seeds.integer())) };
    });
  }

  get progress(): number {
    return Math.min(...this.takes.map(({ take }) => take.notes.length));
  }

  get done(): boolean {
    return this.takes.every(({ take }) => take.notes.length === this.#request.notes);
  }

  /** The takes that have heard everything and are to play a note. */
  get ready(): readonly { readonly take: Take; readonly stream: Stream }[] {
    return this.takes.filter(
      ({ take, stream }) => take.notes.length < this.#request.notes && stream.unheard.length === 0,
    );
  }

  /**
   * The take that is to be heard: the one whose notes cost most nearly what real music costs. What
   * costs less is dull, what costs more is noise.
   */
  get generated(): readonly PlayedNote[] {
    const oddness = ({ natsPerNote }: Take): number => Math.abs(natsPerNote - this.#typicalNats);
    return this.takes.map(({ take }) => take).reduce((a, b) => (oddness(b) < oddness(a) ? b : a)).notes;
  }
}

/** How the notes are drawn, in amounts; all are chosen by `npm run sweep`. */
export interface TransformerSettings {
  /** Of when and what: what a request's temperature is multiplied by. */
  readonly temperature: number;
  /** Share of the likeliest value's probability below which no value of a field is drawn, 0–1. */
  readonly minP: number;
  /** How much higher the temperature is while the music goes round in a loop. */
  readonly loopWarmth: number;
  /** Of each piece, of which the most typical is kept: at least 1. */
  readonly takes: number;
  /** How many times a wished tag counts that is the only one: told once, as in training, it hardly shows in the music. */
  readonly emphasis: number;
}

/** The one place where they are set. */
export const defaultTransformerSettings: TransformerSettings = {
  temperature: 0.97,
  minP: 0.01,
  loopWarmth: 0.15,
  takes: 1,
  emphasis: 12,
};

const longestGapSeconds = 4;

/** Fastest notes of a single voice, about ten a second. */
const voiceStepSeconds = 0.1;

/** Every rule of sampling, by field, in the order in which it is applied. */
function rulesFor(
  { quantise, voices, key, temperature }: CompositionRequest,
  tempoBpm: number,
  { classes }: Vocabulary,
  settings: TransformerSettings,
): FieldRule[][] {
  const gridSeconds = quantise === 'none' ? undefined : gridStepBeats(quantise) * (60 / tempoBpm);
  const moment = gridSeconds === undefined ? within30Ms : onSameLine(gridSeconds);
  const plausible = minP(settings.minP);
  const varied = temperatureAgainstLoops(temperature * settings.temperature, settings.loopWarmth);
  return [
    [only(classes.indexOf('piano'))],
    [
      noLongGap(longestGapSeconds),
      ...(voices === 'mono' ? [apart(Math.max(voiceStepSeconds, gridSeconds ?? 0))] : []),
      tenFingers(moment),
      varied,
      plausible,
    ],
    [
      ofPitch(onThePiano),
      ...(key === undefined ? [] : [ofPitch(inScale(key))]),
      ofPitch(noRestrike(moment)),
      varied,
      plausible,
    ],
    [plausible],
    [plausible],
  ];
}

/** Composes pieces note by note and side by side, several takes of each. */
export class TransformerComposer implements PieceComposer {
  readonly #model: TransformerModel;
  readonly #network: TransformerNetwork;
  readonly #settings: TransformerSettings;
  readonly #composing = new Set<TransformerComposing>();

  /**
   * @param capacity how many pieces at once
   */
  constructor(
    model: TransformerModel,
    readonly capacity: number,
    settings: TransformerSettings = defaultTransformerSettings,
  ) {
    this.#model = model;
    this.#settings = settings;
    this.#network = new TransformerNetwork(model, capacity * settings.takes);
  }

  get busy(): boolean {
    return this.#composing.size > 0;
  }

  /** @param tags what else the music is to be like */
  start(request: CompositionRequest, tags: Tags = {}): TransformerComposing {
    const opening = prepareOpening(request.opening, request);
    const { vocabulary } = this.#model;
    const { takes, emphasis } = this.#settings;
    const wished = { ...tagsFor(request, opening, vocabulary), ...tags };
    const streams = Array.from({ length: takes }, () =>
      this.#network.open(tagsOfEveryPiece(vocabulary), wished, emphasis),
    );
    const composing = new TransformerComposing(request, opening, this.#model, streams, this.#settings);
    this.#composing.add(composing);
    return composing;
  }

  /** Lets each take hear of its opening or play its next note, and returns the pieces that are done. */
  step(): TransformerComposing[] {
    this.#network.advance();
    const ready = [...this.#composing].flatMap((composing) =>
      composing.ready.map((entry) => ({ ...entry, rules: composing.rules })),
    );
    if (ready.length > 0) {
      const chosen = this.#network.choose(
        ready.map(({ stream }) => stream),
        (field, index, logits) => {
          const { take, rules } = ready[index]!;
          const value = take.draw(rules[field]!, logits);
          if (fields[field] === 'dt') take.place(value);
          return value;
        },
      );
      ready.forEach(({ take, stream }, i) => {
        take.play(chosen[i]!);
        stream.unheard.push(chosen[i]!);
      });
    }
    const done = [...this.#composing].filter((composing) => composing.done);
    for (const composing of done) this.stop(composing);
    return done;
  }

  stop(composing: TransformerComposing): void {
    if (!this.#composing.delete(composing)) return;
    for (const { stream } of composing.takes) this.#network.close(stream);
  }
}
