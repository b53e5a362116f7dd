/**
 * Figures of n notes that two bodies of music share, in any transposition: n − 1 intervals between
 * consecutive pitches. All figures of the first body are indexed by a rolling hash (Karp & Rabin 1987); the
 * other body is then scanned once, and figures with equal hashes are compared interval by interval, so that
 * there are no false matches.
 */
export class Figures {
  readonly #n: number;
  /** All pieces, concatenated. */
  readonly #intervals: Int8Array;
  /** Start of each figure among the intervals. */
  readonly #starts: Int32Array;
  /** The first figure with the same intervals. */
  readonly #first: Int32Array;
  /** Hash table: bucket → its first figure, −1 for none; figure → the next in its bucket. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  /** For first figures: whether the other body contains it. */
  readonly #found: Uint8Array;
  readonly #highest: number;

  /** @param pieces intervals of each piece, see `intervalsOf` */
  constructor(pieces: readonly Int8Array[], notes: number) {
    const n = notes - 1;
    this.#n = n;
    this.#highest = powerOfBase(n - 1);
    this.#intervals = new Int8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    const starts: number[] = [];
    let end = 0;
    for (const piece of pieces) {
      this.#intervals.set(piece, end);
      for (let i = 0; i + n <= piece.length; i++) starts.push(end + i);
      end += piece.length;
    }
    this.#starts = Int32Array.from(starts);
    this.#first = new Int32Array(starts.length);
    this.#next = new Int32Array(starts.length);
    this.#found = new Uint8Array(starts.length);
    this.#heads = new Int32Array(2 ** Math.ceil(Math.log2(2 * starts.length + 2))).fill(-1);
    let figure = 0;
    for (const piece of pieces) {
      this.#roll(piece, (hash, at) => {
        const bucket = this.#bucket(hash);
        const same = this.#search(bucket, piece, at);
        this.#first[figure] = same < 0 ? figure : same;
        if (same < 0) {
          this.#next[figure] = this.#heads[bucket]!;
          this.#heads[bucket] = figure;
        }
        figure += 1;
      });
    }
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Marks the figures that a piece of the other body contains. */
  look(piece: Int8Array): void {
    this.#roll(piece, (hash, at) => {
      const figure = this.#search(this.#bucket(hash), piece, at);
      if (figure >= 0) this.#found[figure] = 1;
    });
  }

  /** The marked figures, as views of their intervals. */
  *found(): Generator<Int8Array> {
    for (let figure = 0; figure < this.count; figure++) {
      if (this.#found[this.#first[figure]!] === 0) continue;
      const start = this.#starts[figure]!;
      yield this.#intervals.subarray(start, start + this.#n);
    }
  }

  /** Calls `visit` with the hash of each n-gram of intervals. */
  #roll(piece: Int8Array, visit: (hash: number, at: number) => void): void {
    const n = this.#n;
    let hash = 0;
    for (let i = 0; i < piece.length; i++) {
      if (i >= n) hash = (hash - Math.imul(piece[i - n]! + offset, this.#highest)) | 0;
      hash = (Math.imul(hash, base) + piece[i]! + offset) | 0;
      if (i >= n - 1) visit(hash, i - n + 1);
    }
  }

  #bucket(hash: number): number {
    return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8) & (this.#heads.length - 1);
  }

  /** The figure in this bucket that equals the piece's figure at that position, or −1. */
  #search(bucket: number, piece: Int8Array, at: number): number {
    let figure = this.#heads[bucket]!;
    while (figure >= 0) {
      const start = this.#starts[figure]!;
      let i = 0;
      while (i < this.#n && this.#intervals[start + i] === piece[at + i]) i++;
      if (i === this.#n) return figure;
      figure = this.#next[figure]!;
    }
    return -1;
  }
}

const base = 0x01000193;
/** Makes every interval positive. */
const offset = 129;

function powerOfBase(exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i++) power = Math.imul(power, base);
  return power;
}
