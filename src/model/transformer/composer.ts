import { extentOf, type CompositionRequest, type Opening } from '../../request/request.js';
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
import { tagsFor, tagsOfEveryPiece } from './wished-tags.js';
import type { TransformerFacts, TransformerModel } from './weights.js';

/** A candidate, and where the network is in its music. */
interface Attempt {
  readonly candidate: Candidate;
  readonly state: RunState;
}

/**
 * The notes of a request. Of several candidates, composed side by side, one is read once all have
 * ended.
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
  ) {
    const goal = goalOf(request, opening);
    this.#goal = goal;
    this.#typicalNats = facts.typicalNats;
    this.opening = opening;
    this.rules = samplingRules(request, opening.tempoBpm, { vocabulary, ...facts }, settings);
    const given = toTicks(opening.notes, vocabulary);
    const tuples = [startOf(vocabulary), ...toTuples(given, vocabulary)];
    const seeds = new Random(request.seed);
    this.attempts = states.map((state) => {
      const random = new Random(seeds.integer());
      const course = new Course(goal, opening.notes, settings, random);
      const told = tuples.map((_, i) => {
        const onsetSeconds = (given[Math.max(i - 1, 0)]?.onsetTicks ?? 0) / vocabulary.ticksPerSecond;
        return rowsOfLeft(course.leftAfter({ onsetSeconds }, goal.notes + given.length - i), vocabulary);
      });
      // Of a long piece to go on from, the end.
      const first = Math.max(tuples.length - shape.context, 0);
      tuples.slice(first).forEach((tuple, i) => state.hear(tuple, told[first + i]));
      const isEndless = !Number.isFinite(goal.notes);
      return { state, candidate: new Candidate(opening.notes, vocabulary, random, course, isEndless) };
    });
  }

  get progress(): number {
    return Math.min(
      ...this.attempts.map(({ candidate }) =>
        this.#goal.endSeconds === undefined ? candidate.played : Math.floor(candidate.nowSeconds),
      ),
    );
  }

  get ended(): boolean {
    return this.attempts.every(({ candidate }) => candidate.hasEnded);
  }

  /** What the network is told of an attempt's latest note. */
  told({ candidate }: Attempt): readonly number[] {
    return candidate.told(this.#goal.notes - candidate.played);
  }

  /** The attempts that have heard everything and are to play a note. */
  get ready(): readonly Attempt[] {
    const isBehind = ({ candidate }: Attempt): boolean =>
      this.attempts.length === 1 && candidate.unread >= mostUnread;
    return this.attempts.filter(
      (attempt) => !attempt.candidate.hasEnded && attempt.state.unheard.length === 0 && !isBehind(attempt),
    );
  }

  /**
   * Of several candidates, the one whose notes cost most nearly what real music costs: what costs
   * less is dull, what costs more is noise.
   */
  read(): readonly PlayedNote[] {
    if (this.attempts.length > 1 && !this.ended) return [];
    const oddness = ({ natsPerNote }: Candidate): number => Math.abs(natsPerNote - this.#typicalNats);
    const candidates = this.attempts.map(({ candidate }) => candidate);
    return candidates.reduce((a, b) => (oddness(b) < oddness(a) ? b : a)).read();
  }
}

/** What a request makes of its piece's course. */
function goalOf(request: CompositionRequest, opening: Opening): Goal {
  const { voices, key } = request;
  const { unit, amount } = extentOf(request);
  return {
    ...(unit === 'notes'
      ? { notes: amount }
      : { notes: mostNotesOfLength, endSeconds: endOfPiece(request, opening, amount) }),
    ...(key !== undefined && (hasHeardTonic(key) ? { key } : { isWithoutTonic: true })),
    isSingleVoice: voices === 'mono',
  };
}

/** As many as a window of the training has. */
const characterNotes = 256;

/** Composes note by note and side by side, several candidates of each request where that is set. */
/** What a person brings along is heard and kept as far as the network can hear back. */
const longestOpening = 512;

export class TransformerComposer implements Composer {
  /** The weights are in the network, as it needs them. */
  readonly #model: TransformerFacts;
  readonly #network: TransformerNetwork;
  readonly #settings: TransformerSettings;
  readonly #streams = new Set<TransformerStream>();

  constructor(
    model: TransformerModel,
    readonly capacity: number,
    settings: TransformerSettings = defaultTransformerSettings,
  ) {
    const { weights: _, ...facts } = model;
    this.#model = facts;
    this.#settings = settings;
    this.#network = new TransformerNetwork(model, capacity * settings.candidates);
  }

  get busy(): boolean {
    return this.#streams.size > 0;
  }

  /**
   * A request for infinitely many notes has one candidate: of several, none would ever be read.
   * @param tags what else the music is to be like
   */
  open(request: CompositionRequest, tags: Tags = {}): TransformerStream {
    const opening = prepareOpening(request, longestOpening);
    const { vocabulary } = this.#model;
    const { candidates, emphasis, keyEmphasis, character } = this.#settings;
    const wished = { ...tagsFor(request, opening, vocabulary), ...tags };
    const like = this.#character(opening, wished);
    // Of several wishes each counts less: together they are about as long as one alone.
    const share = 1 / Math.sqrt(Math.max(1, Object.keys(wished).length));
    const { key, ...others } = wished;
    const states = Array.from({ length: Number.isFinite(extentOf(request).amount) ? candidates : 1 }, () => {
      const state = this.#network.open(tagsOfEveryPiece(vocabulary));
      this.#network.tell(state, like, character);
      this.#network.tell(state, others, emphasis * share);
      if (key !== undefined) this.#network.tell(state, { key }, keyEmphasis * share);
      return state;
    });
    const stream = new TransformerStream(request, opening, this.#model, states, this.#settings);
    this.#streams.add(stream);
    return stream;
  }

  /** What the opening is like, as far as nothing else is wished. */
  #character({ notes }: Opening, wished: Tags): Tags {
    if (notes.length < 2) return {};
    const { vocabulary } = this.#model;
    const tags = tagsOfNotes(toTicks(notes.slice(-characterNotes), vocabulary), vocabulary);
    return Object.fromEntries(Object.entries(tags).filter(([name]) => !(name in wished)));
  }

  /** Lets each candidate hear of its opening or play its next note. */
  step(): void {
    this.#network.advance();
    const ready = [...this.#streams].flatMap((stream) =>
      stream.ready.map((attempt) => ({ ...attempt, rules: stream.rules, told: () => stream.told(attempt) })),
    );
    if (ready.length > 0) {
      for (const { candidate } of ready) candidate.begin();
      const chosen = this.#network.choose(
        ready.map(({ state }) => state),
        (field, index, logits) => {
          const { candidate, rules } = ready[index]!;
          const value = candidate.draw(rules[fields[field]!], logits);
          if (fields[field] === 'dt') candidate.place(value);
          return value;
        },
      );
      ready.forEach(({ candidate, state, told }, i) => {
        candidate.play(chosen[i]!);
        state.hear(chosen[i]!, told());
      });
    }
    for (const stream of [...this.#streams]) if (stream.ended) this.close(stream);
  }

  close(stream: TransformerStream): void {
    if (!this.#streams.delete(stream)) return;
    for (const { state } of stream.attempts) this.#network.close(state);
  }
}
