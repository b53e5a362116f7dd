import { estimateKey } from '../../music/theory/key-estimate.js';
import type { Key } from '../../music/theory/key.js';
import type { Note } from '../../music/note.js';
import { ascending } from '../../music/numbers.js';
import type { Random } from '../random.js';
import type { Ahead, ThemeNote } from '../rules/ahead.js';
import { slowing } from '../rules/close.js';
import type { PastNote } from '../rules/rule.js';
import type { Measures } from '../characters-file.js';
import type { Left } from './countdown.js';
import { Steering } from './steering.js';

/** Goals for a piece. */
export interface Goal {
  /**
   * Number of new notes: exact, or the maximum if there is a time. Infinite music has no returns and no
   * ending.
   */
  readonly notes: number;
  /** When the last note has to end, in the time of the given music. */
  readonly endSeconds?: number;
  /** The key to close in; estimated from the music if absent. */
  readonly key?: Key;
  /** There is no tonic to close on. */
  readonly isWithoutTonic?: boolean;
  /** One note at a time. */
  readonly isSingleVoice?: boolean;
  /** The character of the new notes. */
  readonly character?: Measures;
}

/** Settings for the form. */
export interface FormSettings {
  /** Lengthening of the last steps before the end: {@link slowing}. */
  readonly slowing: number;
  /** Share of a theme's notes that are free when it returns. */
  readonly variation: number;
}

/** Number of notes in a theme. */
const themeNotes = 24;
const shortestTheme = 12;

/** New notes, or seconds, per return of a theme; a shorter piece than the minimum has none. */
const notesAReturn = 400;
const leastNotesOfForm = 100;
const secondsAReturn = 60;
const leastSecondsOfForm = 25;
/** Fraction of each section that has to pass before a return can begin. */
const returnAfter = 0.55;
/** A return begins at a longer gap, which separates phrases, or after this many notes. */
const longGap = 1.4;
const mostWaiting = 16;

/** A piece with fewer new notes is a fragment, and gets no ending. */
const leastNotesOfClose = 16;
/** The ending is prepared from this many notes before the end. */
const closingNotes = 36;
/** The key at the end is estimated from this many notes. */
const keyNotes = 150;
const keySeconds = 2;

/** Shorter time steps are within a chord. */
const chordSeconds = 0.03;
/** Limit on a slowed-down step. */
const longestSlowSeconds = 4;
/** Number of notes over which the pace is measured. */
const paceNotes = 48;

/**
 * The course of a piece from its opening to its end: when its theme returns, and how it closes. Before each
 * note, it says what is planned; it is notified of each note.
 */
export class Course {
  #ahead: Ahead = {};
  readonly #goal: Goal;
  readonly #settings: FormSettings;
  readonly #random: Random;
  readonly #startSeconds: number;
  #theme: readonly PastNote[];
  /** Number of new notes so far. */
  #played = 0;
  /** Progress at each return, 0 to 1. */
  readonly #returns: number[];
  #waiting = 0;
  /** Index of the theme's next note, while it returns, and where the return ends. */
  #due: number | undefined;
  #themeEnd = 0;
  #size = 0;
  #place: number | undefined;
  #key: Key | undefined;
  #pace: Pace | undefined;
  readonly #isClosing: boolean;
  readonly #steering: Steering | undefined;

  /** @param given the beginning of the piece */
  constructor(goal: Goal, given: readonly Note[], settings: FormSettings, random: Random) {
    this.#goal = goal;
    this.#settings = settings;
    this.#random = random;
    this.#theme = given.slice(0, themeNotes);
    this.#startSeconds = given.at(-1)?.onsetSeconds ?? 0;
    this.#steering = goal.character && new Steering(goal.character, this.#startSeconds);
    const { notes, endSeconds } = goal;
    const seconds = endSeconds === undefined ? undefined : endSeconds - this.#startSeconds;
    this.#isClosing = Number.isFinite(notes) && (seconds !== undefined || notes >= leastNotesOfClose);
    this.#returns = returnsIn(notes, seconds);
  }

  get ahead(): Ahead {
    return this.#ahead;
  }

  /** Whether the piece is complete. */
  get hasEnded(): boolean {
    return this.#played >= this.#goal.notes || (this.#place !== undefined && this.#place >= this.#size);
  }

  /** Onset of the last sound, once it is struck. */
  get lastSoundSeconds(): number | undefined {
    return this.#lastSoundSeconds;
  }
  #lastSoundSeconds: number | undefined;

  /** Progress of the piece, 0 to 1. */
  #share(nowSeconds: number): number {
    const { notes, endSeconds } = this.#goal;
    const ofNotes = Number.isFinite(notes) ? this.#played / notes : 0;
    if (endSeconds === undefined) return ofNotes;
    return Math.max(ofNotes, (nowSeconds - this.#startSeconds) / (endSeconds - this.#startSeconds));
  }

  /**
   * What is left after the latest note, or after an earlier one.
   * @param notesBetween number of notes from that note to the latest
   */
  leftAfter(onsetSeconds: number, notesBetween = 0): Left {
    const { notes, endSeconds } = this.#goal;
    if (!Number.isFinite(notes)) return {};
    return endSeconds === undefined
      ? { notes: this.#left + notesBetween }
      : { seconds: endSeconds - onsetSeconds };
  }

  /** Call it before a note is drawn. */
  look(past: readonly PastNote[]): void {
    const theme = this.#themeDue();
    const before = this.#soundsBefore(past);
    const isNear = this.#isClosing && before.notes <= closingNotes;
    if (isNear) {
      this.#key ??= this.#closingKey(past);
      if (this.#size === 0) this.#size = this.#lastSoundNotes(past);
      if (this.#place === undefined && this.#goal.endSeconds === undefined && this.#left <= this.#size)
        this.#beginLastSound();
    }
    this.#ahead = {
      ...(theme !== undefined && this.#place === undefined && { theme }),
      ...(!isNear && this.#steering && { missing: this.#steering.missing }),
      ...(isNear && {
        close: {
          key: this.#key,
          notesBefore: before.notes,
          size: this.#size,
          holdSeconds: this.#holdSeconds(past),
          ...(this.#place !== undefined && { place: this.#place }),
        },
      }),
    };
  }

  /**
   * The time to the next note, adjusted from the network's own.
   * @param past with at least one note
   */
  step(stepSeconds: number, past: readonly PastNote[]): number {
    const { close } = this.#ahead;
    if (stepSeconds <= chordSeconds) {
      return this.#place === undefined ? this.#untilEnd(stepSeconds, past) : stepSeconds;
    }
    this.#maybeReturn(stepSeconds, past);
    if (close === undefined) return this.#untilEnd(stepSeconds, past);
    const slower =
      stepSeconds * slowing(this.#ahead, this.#soundsBefore(past).sounds, this.#settings.slowing);
    return this.#untilEnd(Math.min(slower, Math.max(stepSeconds, longestSlowSeconds)), past);
  }

  /** Call it after a note was struck. */
  struck(note: PastNote, velocity: number): void {
    this.#played += 1;
    this.#steering?.struck(note, velocity);
    if (this.#theme.length < themeNotes && this.#played <= themeNotes && this.#played > this.#theme.length) {
      // Without given notes, the theme is the beginning of the piece.
      this.#theme = [...this.#theme, note];
    }
    if (this.#due !== undefined) this.#due = this.#due + 1 < this.#themeEnd ? this.#due + 1 : undefined;
    if (this.#place !== undefined) {
      if (this.#place === 0) this.#lastSoundSeconds = note.onsetSeconds;
      this.#place += 1;
    }
  }

  get #left(): number {
    return this.#goal.notes - this.#played;
  }

  #themeDue(): ThemeNote | undefined {
    if (this.#due === undefined || this.#random.uniform() < this.#settings.variation) return undefined;
    const note = this.#theme[this.#due]!;
    const before = this.#theme[this.#due - 1];
    return {
      pitch: note.pitch,
      ...(before !== undefined && { stepSeconds: note.onsetSeconds - before.onsetSeconds }),
    };
  }

  /** Begins a return if one is due and a phrase has ended. */
  #maybeReturn(stepSeconds: number, past: readonly PastNote[]): void {
    const next = this.#returns[0];
    if (this.#due !== undefined || this.#ahead.close !== undefined || next === undefined) return;
    if (this.#share(past.at(-1)!.onsetSeconds) < next || this.#theme.length < shortestTheme) return;
    this.#waiting += 1;
    if (stepSeconds < longGap * paceOf(past).gapSeconds && this.#waiting < mostWaiting) return;
    this.#returns.shift();
    this.#waiting = 0;
    this.#due = 0;
    this.#themeEnd = Math.round(
      shortestTheme + this.#random.uniform() * (this.#theme.length - shortestTheme),
    );
    const theme = this.#themeDue();
    this.#ahead = { ...this.#ahead, ...(theme !== undefined && { theme }) };
  }

  /** Begins the last sound if the next note would come too late for the set time. */
  #untilEnd(stepSeconds: number, past: readonly PastNote[]): number {
    const { close } = this.#ahead;
    const { endSeconds } = this.#goal;
    if (close === undefined || endSeconds === undefined || this.#place !== undefined) return stepSeconds;
    const now = past.at(-1)!.onsetSeconds;
    const last = endSeconds - close.holdSeconds;
    if (now + stepSeconds < last - paceOf(past).gapSeconds / 2 && this.#left > this.#size) return stepSeconds;
    this.#beginLastSound();
    this.#ahead = { ...this.#ahead, close: { ...close, notesBefore: 0, place: 0 } };
    return Math.max(last - now, 2 * chordSeconds);
  }

  #beginLastSound(): void {
    this.#place = 0;
    this.#due = undefined;
  }

  /** Approximate number of sounds and notes before the last sound. */
  #soundsBefore(past: readonly PastNote[]): { readonly sounds: number; readonly notes: number } {
    if (this.#place !== undefined) return { sounds: 0, notes: 0 };
    const { endSeconds } = this.#goal;
    if (this.#ahead.close === undefined) this.#pace = paceOf(past);
    const pace = this.#pace!;
    if (endSeconds === undefined) {
      const notes = Math.max(this.#left - Math.max(this.#size, 1), 0);
      return { notes, sounds: notes / pace.notesASound };
    }
    const seconds = endSeconds - this.#holdSeconds(past) - (past.at(-1)?.onsetSeconds ?? 0);
    // The last steps take longer than the previous ones.
    const sounds = Math.max(seconds, 0) / (pace.gapSeconds * (1 + this.#settings.slowing / 3));
    return { sounds, notes: Math.min(sounds * pace.notesASound, Math.max(this.#left - this.#size, 0)) };
  }

  #holdSeconds(past: readonly PastNote[]): number {
    const { endSeconds } = this.#goal;
    if (endSeconds === undefined) {
      const { gapSeconds } = this.#pace ?? paceOf(past);
      return Math.min(Math.max(8 * gapSeconds, 1.6), 4);
    }
    return Math.min(Math.max(0.06 * (endSeconds - this.#startSeconds), 1.2), 3);
  }

  #lastSoundNotes(past: readonly PastNote[]): number {
    if (this.#goal.isSingleVoice === true) return 1;
    const { notesASound } = paceOf(past);
    return Math.min(Math.max(Math.round(notesASound) + 1 + this.#random.below(2), 2), 5);
  }

  #closingKey(past: readonly PastNote[]): Key | undefined {
    const { key, isWithoutTonic } = this.#goal;
    if (isWithoutTonic === true) return undefined;
    return key ?? estimateKey(past.slice(-keyNotes), keySeconds)?.key;
  }
}

/** Progress, 0 to 1, from which each return of the theme can begin. */
function returnsIn(notes: number, seconds: number | undefined): number[] {
  const [amount, least, aReturn] =
    seconds === undefined
      ? [notes, leastNotesOfForm, notesAReturn]
      : [seconds, leastSecondsOfForm, secondsAReturn];
  if (!Number.isFinite(amount) || amount < least) return [];
  const parts = Math.max(1, Math.round(amount / aReturn));
  const returns: number[] = [];
  for (let i = 0; i < parts; i++) returns.push((i + returnAfter) / parts);
  return returns;
}

interface Pace {
  /** Median time between sounds. */
  readonly gapSeconds: number;
  readonly notesASound: number;
}

function paceOf(past: readonly PastNote[]): Pace {
  const latest = past.slice(-paceNotes);
  const gaps: number[] = [];
  for (let i = 1; i < latest.length; i++) {
    const gap = latest[i]!.onsetSeconds - latest[i - 1]!.onsetSeconds;
    if (gap > chordSeconds) gaps.push(gap);
  }
  if (gaps.length === 0) return { gapSeconds: 0.3, notesASound: 1 };
  const gapSeconds = ascending(gaps)[gaps.length >> 1]!;
  return { gapSeconds, notesASound: latest.length / (gaps.length + 1) };
}
