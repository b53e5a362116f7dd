import { hasHeardTonic } from '../../music/theory/scale.js';
import { prepareOpening } from '../opening.js';
import { gridStepBeats } from '../../music/edit/quantise.js';
import type { CompositionRequest, Opening } from '../../request/request.js';
import type { PieceComposer, PieceInProgress } from '../piece-composer.js';
import { Random } from '../random.js';
import {
  echo,
  inScale,
  noRestrike,
  onSameLine,
  onThePiano,
  recall,
  towards,
  within30Ms,
} from '../rules/rules.js';
import { noCopy } from './copies.js';
import { TransformerNetwork, type Stream } from './network.js';
import {
  apart,
  fewerChords,
  minP,
  noLongGap,
  ofPitch,
  only,
  temperatureAgainstLoops,
  tenFingers,
  type FieldRule,
} from '../rules/transformer-rules.js';
import { tagsOfNotes, type Tags } from './tags.js';
import { Take, type PlayedNote } from './take.js';
import { startOf, toTicks, toTuples } from './tokens.js';
import { fields } from './vocabulary.js';
import { tagsFor, tagsOfEveryPiece } from './wished-tags.js';
import type { TransformerFacts, TransformerModel } from './weights.js';

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
    model: TransformerFacts,
    streams: readonly Stream[],
    settings: TransformerSettings,
  ) {
    const { vocabulary, shape, typicalNats } = model;
    this.#request = request;
    this.#typicalNats = typicalNats;
    this.opening = opening;
    this.rules = rulesFor(request, this.opening.tempoBpm, model, settings);
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
  /** What a request's temperature is multiplied by when the time to the next note is drawn. */
  readonly stepTemperature: number;
  /** The same for its pitch. */
  readonly pitchTemperature: number;
  /** Share of the likeliest value's probability below which no value is drawn, 0–1: of times to the next note. */
  readonly stepMinP: number;
  /** Of pitches. */
  readonly pitchMinP: number;
  /** Of velocities. */
  readonly velocityMinP: number;
  /** Of durations. */
  readonly durationMinP: number;
  /** How strongly the tones of the piece are kept to: `recall`. */
  readonly recall: number;
  /** How much likelier a pitch is that returns to a figure of the piece: `echo`. */
  readonly echo: number;
  /** How much less likely it is that notes are struck together: `fewerChords`. */
  readonly chords: number;
  /** How strongly a wished key is kept in the ear: `towards`. */
  readonly tonality: number;
  /** How much higher the temperature is while the music goes round in a loop. */
  readonly loopWarmth: number;
  /** Of each piece, of which the most typical is kept: at least 1. */
  readonly takes: number;
  /** How loudly the network is told what the opening is like: 0 not at all, 1 as in training. */
  readonly character: number;
  /** How many times a wished tag counts that is the only one: told once, as in training, it hardly shows in the music. */
  readonly emphasis: number;
  /** The same for a wished key, whose tag is learnt better. */
  readonly keyEmphasis: number;
}

/** The one place where they are set. */
export const defaultTransformerSettings: TransformerSettings = {
  stepTemperature: 1,
  pitchTemperature: 0.97,
  stepMinP: 0,
  pitchMinP: 0.02,
  velocityMinP: 0.04,
  durationMinP: 0,
  recall: 0.08,
  echo: 0.9,
  chords: 0.3,
  tonality: 3,
  loopWarmth: 0.15,
  takes: 1,
  character: 0.6,
  emphasis: 8,
  keyEmphasis: 6,
};

const longestGapSeconds = 4;

/** A passage of so many notes, note for note that of a piece learnt from, is a copy. */
const copyNotes = 48;

/** As many as a window of the training has. */
const characterNotes = 256;

/** Fastest notes of a single voice, about ten a second. */
const voiceStepSeconds = 0.1;

/** Every rule of sampling, by field, in the order in which it is applied. */
function rulesFor(
  { quantise, voices, key, temperature }: CompositionRequest,
  tempoBpm: number,
  { vocabulary: { classes }, knownFigures }: TransformerFacts,
  settings: TransformerSettings,
): FieldRule[][] {
  const gridSeconds = quantise === 'none' ? undefined : gridStepBeats(quantise) * (60 / tempoBpm);
  const moment = gridSeconds === undefined ? within30Ms : onSameLine(gridSeconds);
  const varied = (factor: number): FieldRule =>
    temperatureAgainstLoops(temperature * factor, settings.loopWarmth);
  return [
    [only(classes.indexOf('piano'))],
    [
      noLongGap(longestGapSeconds),
      ...(voices === 'mono' ? [apart(Math.max(voiceStepSeconds, gridSeconds ?? 0))] : []),
      tenFingers(moment),
      varied(settings.stepTemperature),
      fewerChords(settings.chords),
      minP(settings.stepMinP),
    ],
    [
      ofPitch(onThePiano),
      ...(key === undefined ? [] : [ofPitch(inScale(key))]),
      ofPitch(noRestrike(moment)),
      ...(knownFigures === undefined ? [] : [ofPitch(noCopy(knownFigures, copyNotes))]),
      varied(settings.pitchTemperature),
      ofPitch(recall(settings.recall)),
      ofPitch(echo(settings.echo)),
      ...(key !== undefined && hasHeardTonic(key) ? [ofPitch(towards(key, settings.tonality))] : []),
      minP(settings.pitchMinP),
    ],
    [minP(settings.velocityMinP)],
    [minP(settings.durationMinP)],
  ];
}

/** Composes pieces note by note and side by side, several takes of each. */
export class TransformerComposer implements PieceComposer {
  /** The weights are in the network, as it needs them. */
  readonly #model: TransformerFacts;
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
    const { weights: _, ...facts } = model;
    this.#model = facts;
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
    const { takes, emphasis, keyEmphasis, character } = this.#settings;
    const wished = { ...tagsFor(request, opening, vocabulary), ...tags };
    const like = this.#character(opening, wished);
    // Of several wishes each counts less: together they are about as long as one alone.
    const share = 1 / Math.sqrt(Math.max(1, Object.keys(wished).length));
    const { key, ...others } = wished;
    const streams = Array.from({ length: takes }, () => {
      const stream = this.#network.open(tagsOfEveryPiece(vocabulary));
      this.#network.tell(stream, like, character);
      this.#network.tell(stream, others, emphasis * share);
      if (key !== undefined) this.#network.tell(stream, { key }, keyEmphasis * share);
      return stream;
    });
    const composing = new TransformerComposing(request, opening, this.#model, streams, this.#settings);
    this.#composing.add(composing);
    return composing;
  }

  /** What the opening is like, as far as nothing else is wished. */
  #character({ notes }: Opening, wished: Tags): Tags {
    if (notes.length < 2) return {};
    const { vocabulary } = this.#model;
    const tags = tagsOfNotes(toTicks(notes.slice(-characterNotes), vocabulary), vocabulary);
    return Object.fromEntries(Object.entries(tags).filter(([name]) => !(name in wished)));
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
