import { measureNames, type Measures } from '../characters-file.js';
import type { Missing } from '../rules/ahead.js';
import type { PastNote } from '../rules/rule.js';

/** Number of latest notes that count: earlier ones fade out. */
const fadingNotes = 200;
/** The fewer notes there are, the less they say; at this number, half. */
const fewNotes = 12;
/** Within this many notes, what is missing throughout counts once more: without it, a little would always be missing. */
const lastingNotes = 60;
/** Limits on what is missing: ratios of up to e, and velocities. */
const most: Missing = { density: 1, polyphony: 1, loudness: 30 };

/** Compares the new notes of a piece with the character that is planned for it: a proportional–integral controller. */
export class Steering {
  readonly #target: Measures;
  #lastSeconds: number;
  #played = 0;
  /** Sums over the latest notes, earlier ones faded. */
  #notes = 0;
  #seconds = 0;
  #sounding = 0;
  #velocities = 0;
  /** By pitch: when its latest note ends. */
  readonly #ends = new Float64Array(128);
  /** What was missing so far, summed up. */
  #lasting: Missing = { density: 0, polyphony: 0, loudness: 0 };

  /** @param startSeconds onset of the last given note */
  constructor(target: Measures, startSeconds: number) {
    this.#target = target;
    this.#lastSeconds = startSeconds;
  }

  struck({ pitch, onsetSeconds, durationSeconds }: PastNote, velocity: number): void {
    const keep = 1 - 1 / fadingNotes;
    this.#played += 1;
    // A note that still sounds ends where its pitch is struck again.
    this.#sounding -= Math.max(this.#ends[pitch]! - onsetSeconds, 0);
    this.#ends[pitch] = onsetSeconds + durationSeconds;
    this.#notes = keep * this.#notes + 1;
    this.#seconds = keep * this.#seconds + onsetSeconds - this.#lastSeconds;
    this.#sounding = keep * this.#sounding + durationSeconds;
    this.#velocities = keep * this.#velocities + velocity;
    this.#lastSeconds = onsetSeconds;
    const now = this.#now;
    this.#lasting = ofEach((name) => within(this.#lasting[name] + now[name] / lastingNotes, most[name]));
  }

  /** What the notes so far lack. */
  get missing(): Missing {
    const now = this.#now;
    return ofEach((name) => now[name] + this.#lasting[name]);
  }

  get #now(): Missing {
    if (this.#seconds <= 0) return { density: 0, polyphony: 0, loudness: 0 };
    const { density, polyphony, loudness } = this.#target;
    const trust = this.#played / (this.#played + fewNotes);
    const ratio = (wanted: number, played: number): number => Math.log(wanted / Math.max(played, 1e-3));
    const missing: Missing = {
      density: ratio(density, this.#notes / this.#seconds),
      polyphony: ratio(polyphony, this.#sounding / this.#seconds),
      loudness: loudness - this.#velocities / this.#notes,
    };
    return ofEach((name) => trust * within(missing[name], most[name]));
  }
}

function ofEach(value: (name: keyof Missing) => number): Missing {
  const [density, polyphony, loudness] = measureNames.map(value) as [number, number, number];
  return { density, polyphony, loudness };
}

function within(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}
