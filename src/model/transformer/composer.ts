import { extentOf, type CompositionRequest, type Opening } from '../../request/request.js';
import type { Measures } from '../characters-file.js';
import { mostNotesOfLength, mostUnread, type Composer, type NoteStream } from '../composer.js';
import { endOfPiece, prepareOpening } from '../opening.js';
import { Random } from '../random.js';
import { hasHeardTonic } from '../../music/theory/scale.js';
import { Candidate, type PlayedNote } from './candidate.js';
import { Course, type Goal } from './course.js';
import { rowsOfLeft } from './countdown.js';
import { TransformerNetwork, type RunState } from './network.js';
import {
  defaultTransformerSettings,
  samplingRules,
  type FieldRules,
  type TransformerSettings,
} from './sampling.js';
import { tagsOfNotes, type Tags } from './tags.js';
import { startOf, toTicks, toTuples } from './tokens.js';
import { fields } from './vocabulary.js';
import { drawnFor, keyWished, tagsFor, tagsOfEveryPiece } from './wished-tags.js';
import type { TransformerFacts, TransformerModel } from './weights.js';

/** A candidate with its network state. */
interface Attempt {
  readonly candidate: Candidate;
  readonly state: RunState;
}

/**
 * The notes of a request. With several candidates, composed in one batch, one is chosen when all have ended.
 */
export class TransformerStream implements NoteStream {
  readonly opening: Opening;
  readonly rules: FieldRules;
  readonly attempts: readonly Attempt[];
  readonly #goal: Goal;
  readonly #typicalNats: number;

  constructor(
    request: CompositionRequest,
    opening: Opening,
    { vocabulary, shape, ...facts }: TransformerFacts,
    states: readonly RunState[],
    settings: TransformerSettings,
    character?: Measures,
  ) {
    const goal = { ...goalOf(request, opening), ...(character && { character }) };
    this.#goal = goal;
    this.#typicalNats = facts.typicalNats;
    this.opening = opening;
    this.rules = samplingRules(request, opening, { vocabulary, ...facts }, settings);
    const given = toTicks(opening.notes, vocabulary);
    const tuples = [startOf(vocabulary), ...toTuples(given, vocabulary)];
    const seeds = new Random(request.seed);
    this.attempts = states.map((state) => {
      const random = new Random(seeds.integer());
      const course = new Course(goal, opening.notes, settings, random);
      // Of a long piece to continue, the end.
      for (let i = Math.max(tuples.length - shape.context, 0); i < tuples.length; i++) {
        const onsetSeconds = (given[Math.max(i - 1, 0)]?.onsetTicks ?? 0) / vocabulary.ticksPerSecond;
        state.hear(tuples[i]!, rowsOfLeft(course.leftAfter(onsetSeconds, given.length - i), vocabulary));
      }
      const isEndless = !Number.isFinite(goal.notes);
      return { state, candidate: new Candidate(opening.notes, vocabulary, random, course, isEndless) };
    });
  }

  get progress(): number {
    const byTime = this.#goal.endSeconds !== undefined;
    let least = Infinity;
    for (const { candidate } of this.attempts) {
      least = Math.min(least, byTime ? Math.floor(candidate.nowSeconds) : candidate.played);
    }
    return least;
  }

  get ended(): boolean {
    return this.attempts.every(({ candidate }) => candidate.hasEnded);
  }

  /** The attempts without pending input, which draw a note next. */
  get ready(): readonly Attempt[] {
    const mostAhead = this.attempts.length === 1 ? mostUnread : Infinity;
    return this.attempts.filter(
      ({ candidate, state }) =>
        !candidate.hasEnded && state.unheard.length === 0 && candidate.unread < mostAhead,
    );
  }

  /**
   * With several candidates, reads the one whose negative log-likelihood is nearest to that of real music:
   * lower is dull, higher is noise.
   */
  read(): readonly PlayedNote[] {
    if (this.attempts.length === 1) return this.attempts[0]!.candidate.read();
    if (!this.ended) return [];
    const oddness = ({ natsPerNote }: Candidate): number => Math.abs(natsPerNote - this.#typicalNats);
    const candidates = this.attempts.map(({ candidate }) => candidate);
    return candidates.reduce((a, b) => (oddness(b) < oddness(a) ? b : a)).read();
  }
}

/** An attempt that draws a note. */
interface ReadyAttempt extends Attempt {
  readonly stream: TransformerStream;
}

/** The goal of a piece's course, from its request. */
function goalOf(request: CompositionRequest, opening: Opening): Goal {
  const { voices } = request;
  const key = request.key ?? keyWished(request, opening);
  const { unit, amount } = extentOf(request);
  return {
    ...(unit === 'notes'
      ? { notes: amount }
      : { notes: mostNotesOfLength, endSeconds: endOfPiece(request, opening, amount) }),
    ...(key !== undefined && (hasHeardTonic(key) ? { key } : { isWithoutTonic: true })),
    isSingleVoice: voices === 'mono',
  };
}

/** Number of notes in a training window. */
const characterNotes = 256;

/** Maximum length of an opening that a person provided: the context of the network. */
const longestOpening = 512;

/** Composes note by note, several pieces in a batch, with several candidates for each request if set. */
export class TransformerComposer implements Composer {
  /** Without the weights, which the network holds in its own layout. */
  readonly #model: TransformerFacts;
  readonly #network: TransformerNetwork;
  readonly #settings: TransformerSettings;
  readonly #tagsOfEveryPiece: Tags;
  readonly #streams = new Set<TransformerStream>();

  constructor(
    model: TransformerModel,
    readonly capacity: number,
    settings: TransformerSettings = defaultTransformerSettings,
  ) {
    const { weights: _, ...facts } = model;
    this.#model = facts;
    this.#settings = settings;
    this.#tagsOfEveryPiece = tagsOfEveryPiece(model.vocabulary);
    this.#network = new TransformerNetwork(model, capacity * settings.candidates);
  }

  get busy(): boolean {
    return this.#streams.size > 0;
  }

  /**
   * A request for infinitely many notes has only one candidate: otherwise nothing could ever be read.
   * @param tags additional tags
   */
  open(request: CompositionRequest, tags: Tags = {}): TransformerStream {
    const opening = prepareOpening(request, longestOpening);
    const { vocabulary } = this.#model;
    const { candidates, nameEmphasis, emphasis, keyEmphasis, character, drawnCharacter, memory } =
      this.#settings;
    const wished = { ...tagsFor(request, opening, vocabulary), ...tags };
    const { key, composer, era, ...grades } = wished;
    const names: Tags = {
      ...(composer !== undefined && { composer }),
      ...(era !== undefined && { era }),
    };
    const drawn = drawnFor(request, wished, this.#model);
    const like = this.#character(opening, { ...wished, ...drawn.tags });
    // Several wishes share the emphasis, so that together they are about as strong as one.
    const asked = Object.keys(grades).length + (key === undefined ? 0 : 1);
    const share = 1 / Math.sqrt(Math.max(1, asked));
    const states: RunState[] = [];
    for (let i = 0; i < (Number.isFinite(extentOf(request).amount) ? candidates : 1); i++) {
      const state = this.#network.open(this.#tagsOfEveryPiece);
      if (state.memory) state.memory.strength = memory;
      this.#network.tell(state, like, character);
      this.#network.tell(state, drawn.tags, drawnCharacter);
      this.#network.tell(state, names, nameEmphasis);
      this.#network.tell(state, grades, emphasis * share);
      if (key !== undefined) this.#network.tell(state, { key }, keyEmphasis * share);
      states.push(state);
    }
    const stream = new TransformerStream(
      request,
      opening,
      this.#model,
      states,
      this.#settings,
      drawn.measures,
    );
    this.#streams.add(stream);
    return stream;
  }

  /** The tags of the opening, except where others are wished for. */
  #character({ notes }: Opening, wished: Tags): Tags {
    if (notes.length < 2) return {};
    const { vocabulary } = this.#model;
    const tags = tagsOfNotes(toTicks(notes.slice(-characterNotes), vocabulary), vocabulary);
    return Object.fromEntries(Object.entries(tags).filter(([name]) => !(name in wished)));
  }

  /** Feeds each candidate its opening, or draws its next note. */
  step(): void {
    this.#network.advance();
    const ready: ReadyAttempt[] = [];
    for (const stream of this.#streams) {
      for (const attempt of stream.ready) ready.push({ ...attempt, stream });
    }
    if (ready.length > 0) this.#play(ready);
    for (const stream of [...this.#streams]) if (stream.ended) this.close(stream);
  }

  /** Draws the next note of each, field by field, and feeds it to the network. */
  #play(ready: readonly ReadyAttempt[]): void {
    const states: RunState[] = [];
    for (const { candidate, state } of ready) {
      candidate.begin();
      states.push(state);
    }
    const chosen = this.#network.choose(states, (field, index, logits) => {
      const { candidate, stream } = ready[index]!;
      const value = candidate.draw(stream.rules[fields[field]!], logits);
      if (fields[field] === 'dt') candidate.place(value);
      return value;
    });
    for (const [i, attempt] of ready.entries()) {
      attempt.candidate.play(chosen[i]!);
      attempt.state.hear(chosen[i]!, attempt.candidate.told());
    }
  }

  close(stream: TransformerStream): void {
    if (!this.#streams.delete(stream)) return;
    for (const { state } of stream.attempts) this.#network.close(state);
  }
}
