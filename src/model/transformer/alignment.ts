/** How alignments score. */
export interface AlignmentSettings {
  /** Cost of another note. */
  readonly mismatch: number;
  /** Cost of a note left out; one too many also costs a mismatch. */
  readonly skip: number;
  /** The highest score. */
  readonly most: number;
}

/**
 * For each earlier note, how long the passage that ends there has been like the latest one: a local alignment of their
 * pitches, 1 for each equal note (Smith and Waterman 1981). It allows for other notes, and another order within chords.
 */
export class Alignment {
  /** [notes]; of the latest note itself, 0. */
  scores = new Float64Array();
  /** The highest score. */
  longest = 0;
  readonly #settings: AlignmentSettings;
  #next = new Float64Array();

  constructor(settings: AlignmentSettings) {
    this.#settings = settings;
  }

  /** @param pitches of all notes, of which the last one is new */
  hear(pitches: Uint8Array, count: number): void {
    if (this.#next.length < pitches.length) {
      this.scores = grown(this.scores, new Float64Array(pitches.length));
      this.#next = new Float64Array(pitches.length);
    }
    const { mismatch, skip, most } = this.#settings;
    const [scores, next] = [this.scores, this.#next];
    const n = count - 1;
    const pitch = pitches[n]!;
    this.longest = 0;
    for (let j = 0; j < n; j++) {
      const before = j > 0 ? scores[j - 1]! : 0;
      const skipped = Math.max(j > 1 ? scores[j - 2]! : 0, scores[j]!) - skip;
      const best = Math.max(before, skipped);
      next[j] = pitches[j] === pitch ? Math.min(best + 1, most) : Math.max(best - mismatch, 0);
      this.longest = Math.max(this.longest, next[j]!);
    }
    next[n] = 0;
    [this.scores, this.#next] = [next, scores];
  }

  /** Forgets the first notes. */
  forget(notes: number): void {
    this.scores.copyWithin(0, notes);
  }
}

/** The same for transposed passages, each with its interval; a passage at its own pitch is none. */
export class TransposedAlignment {
  /** [notes]; of the latest note itself, 0. */
  scores = new Float64Array();
  /**
   * [notes]: how much higher the latest passage is than the one that ends there, or the latest note, if they are not
   * alike.
   */
  shifts = new Int16Array();
  longest = 0;
  readonly #settings: AlignmentSettings;
  #nextScores = new Float64Array();
  #nextShifts = new Int16Array();

  constructor(settings: AlignmentSettings) {
    this.#settings = settings;
  }

  /** @param pitches of all notes, of which the last one is new */
  hear(pitches: Uint8Array, count: number): void {
    if (this.#nextScores.length < pitches.length) this.#grow(pitches.length);
    const { mismatch, skip, most } = this.#settings;
    const { scores, shifts } = this;
    const n = count - 1;
    const pitch = pitches[n]!;
    this.longest = 0;
    for (let j = 0; j < n; j++) {
      let shift = pitch - pitches[j]!;
      let best = 0;
      if (shift !== 0) {
        if (j > 0 && shifts[j - 1] === shift) best = scores[j - 1]! + 1;
        if (shifts[j] === shift && scores[j]! >= skip) best = Math.max(best, scores[j]! - skip + 1);
        if (j > 1 && shifts[j - 2] === shift && scores[j - 2]! >= skip)
          best = Math.max(best, scores[j - 2]! - skip + 1);
      }
      if (best === 0 && j > 0 && scores[j - 1]! > mismatch) {
        best = scores[j - 1]! - mismatch;
        shift = shifts[j - 1]!;
      }
      best = Math.min(best, most);
      this.#nextScores[j] = best;
      this.#nextShifts[j] = shift;
      this.longest = Math.max(this.longest, best);
    }
    this.#nextScores[n] = 0;
    this.#nextShifts[n] = 0;
    [this.scores, this.#nextScores] = [this.#nextScores, scores];
    [this.shifts, this.#nextShifts] = [this.#nextShifts, shifts];
  }

  /** Forgets the first notes. */
  forget(notes: number): void {
    this.scores.copyWithin(0, notes);
    this.shifts.copyWithin(0, notes);
  }

  #grow(notes: number): void {
    this.scores = grown(this.scores, new Float64Array(notes));
    this.shifts = grown(this.shifts, new Int16Array(notes));
    this.#nextScores = new Float64Array(notes);
    this.#nextShifts = new Int16Array(notes);
  }
}

/** Copies values to the beginning of a larger array. */
export function grown<Values extends Float32Array | Float64Array | Uint8Array | Uint16Array | Int16Array>(
  values: Values,
  larger: Values,
): Values {
  larger.set(values);
  return larger;
}
