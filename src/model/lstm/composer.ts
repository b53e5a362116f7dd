import { extentOf, type CompositionRequest, type Opening } from '../../request/request.js';
import {
  ModelOutputError,
  mostNotesOfLength,
  mostUnread,
  type Composer,
  type NoteStream,
} from '../composer.js';
import { draw } from '../draw.js';
import type { GeneratedNote } from '../generated.js';
import { endOfPiece, prepareOpening } from '../opening.js';
import { Random } from '../random.js';
import { remember, rememberedNotes } from '../rules/past.js';
import type { PastNote } from '../rules/rule.js';
import { accents } from './accents.js';
import { pitches, windowLength, type Parameters } from './architecture.js';
import { defaultLstmSettings, samplingRules, type LstmRules, type LstmSettings } from './sampling.js';
import { SlidingNetwork, type HeardNote, type RunState } from './sliding-network.js';

/** The notes of a request. */
export class LstmStream implements NoteStream {
  readonly opening: Opening;
  readonly #request: CompositionRequest;
  readonly #random: Random;
  readonly #rules: LstmRules;
  readonly #nextAccent: () => number;
  readonly #past: PastNote[];
  /** Input notes left before the first note is drawn: exactly one window. */
  readonly #unheard: HeardNote[];
  readonly #logits = new Float64Array(pitches);
  #played = 0;
  /** For a piece with a set duration: its end, and whether the next note would come later. */
  readonly #endSeconds: number | undefined;
  #isOver = false;
  #unread: GeneratedNote[] = [];

  constructor(request: CompositionRequest, settings: LstmSettings) {
    this.#request = request;
    this.opening = prepareOpening(request);
    const { unit, amount } = extentOf(request);
    this.#endSeconds = unit === 'seconds' ? endOfPiece(request, this.opening, amount) : undefined;
    this.#random = new Random(request.seed);
    this.#rules = samplingRules(request, this.opening.tempoBpm, this.#random, settings);
    this.#nextAccent = accents(request.seed, settings);
    this.#past = this.opening.notes.slice(-rememberedNotes);
    // For a continued piece, its end.
    const heard = this.opening.notes.slice(-windowLength).map((note, i, notes) => ({
      pitch: note.pitch,
      stepSeconds: note.onsetSeconds - (notes[i - 1] ?? note).onsetSeconds,
      durationSeconds: note.durationSeconds,
    }));
    // A shorter opening is repeated until the window is full.
    this.#unheard = Array.from(
      { length: windowLength },
      (_, i) => heard[(i + heard.length - (windowLength % heard.length)) % heard.length]!,
    );
  }

  get ended(): boolean {
    return this.#endSeconds === undefined ? this.#played === this.#request.notes : this.#isOver;
  }

  /** Number of notes so far; for a piece with a set duration, seconds. */
  get progress(): number {
    return this.#endSeconds === undefined ? this.#played : Math.floor(this.#past.at(-1)!.onsetSeconds);
  }

  read(): readonly GeneratedNote[] {
    const notes = this.#unread;
    this.#unread = [];
    return notes;
  }

  /**
   * The network's next input: the notes of the opening, then each drawn note; undefined while the reader is
   * behind.
   */
  next(state: RunState): HeardNote | undefined {
    const heard = this.#unheard.shift();
    if (heard !== undefined) return heard;
    if (this.#unread.length >= mostUnread) return undefined;
    const note = this.#choose(state);
    const isLate = this.#past.at(-1)!.onsetSeconds >= (this.#endSeconds ?? Infinity);
    if (this.#endSeconds !== undefined && (isLate || this.#played >= mostNotesOfLength)) {
      this.#isOver = true;
      return undefined;
    }
    this.#unread.push(note);
    this.#played += 1;
    return note;
  }

  #choose({ stepSeconds, durationSeconds, logits }: RunState): GeneratedNote {
    const past = this.#past;
    const { onsetSeconds: lastOnsetSeconds } = past.at(-1)!;
    const timing = { stepSeconds, durationSeconds };
    this.#logits.set(logits);
    if (
      !Number.isFinite(stepSeconds) ||
      !Number.isFinite(durationSeconds) ||
      !this.#logits.every(Number.isFinite)
    ) {
      throw new ModelOutputError('The network answered with values that are not finite.');
    }
    for (const rule of this.#rules.timing) rule(timing, { past, onsetSeconds: lastOnsetSeconds });
    const onsetSeconds = lastOnsetSeconds + timing.stepSeconds;
    for (const rule of this.#rules.pitch) rule(this.#logits, { past, onsetSeconds });
    const pitch = draw(this.#logits, this.#random);
    remember(past, { pitch, onsetSeconds, durationSeconds: timing.durationSeconds });
    return {
      pitch,
      ...timing,
      ...(this.#request.sampling !== 'source' && { accent: this.#nextAccent() }),
    };
  }
}

/** Composes note by note, several pieces in a batch. */
export class LstmComposer implements Composer {
  readonly #network: SlidingNetwork;
  readonly #streams = new Map<RunState, LstmStream>();
  readonly #settings: LstmSettings;

  constructor(parameters: Parameters, capacity: number, settings: LstmSettings = defaultLstmSettings) {
    this.#network = new SlidingNetwork(parameters, capacity);
    this.#settings = settings;
  }

  get capacity(): number {
    return this.#network.capacity;
  }

  get busy(): boolean {
    return this.#streams.size > 0;
  }

  open(request: CompositionRequest): LstmStream {
    const stream = new LstmStream(request, this.#settings);
    this.#streams.set(this.#network.open(), stream);
    return stream;
  }

  /** Feeds each stream a note of its opening, or draws its next one. */
  step(): void {
    this.#network.advance((state) => this.#streams.get(state)!.next(state));
    for (const stream of [...this.#streams.values()]) if (stream.ended) this.close(stream);
  }

  close(stream: LstmStream): void {
    for (const [state, other] of this.#streams) {
      if (other !== stream) continue;
      this.#streams.delete(state);
      this.#network.close(state);
    }
  }
}
