import { PNG } from 'pngjs';

/** A decoded PNG, addressed in CSS pixels (each is two of its own pixels wide). */
export class Picture {
  readonly #png: PNG;

  constructor(bytes: Uint8Array) {
    this.#png = PNG.sync.read(Buffer.from(bytes));
  }

  get width(): number {
    return this.#png.width / 2;
  }

  get height(): number {
    return this.#png.height / 2;
  }

  /** As #rrggbb. */
  colour(x: number, y: number): string {
    return `#${this.#at(x, y).subarray(0, 3).toString('hex')}`;
  }

  /** 0 is transparent, 255 opaque. */
  opacity(x: number, y: number): number {
    return this.#at(x, y)[3]!;
  }

  /** Number of pixels in a rectangle that are much lighter than the panel, such as text. */
  lightPixels(left: number, top: number, right: number, bottom: number): number {
    let light = 0;
    for (let y = top; y < bottom; y += 0.5) {
      for (let x = left; x < right; x += 0.5) {
        const [red, green, blue] = this.#at(x, y);
        if (red! + green! + blue! > 3 * 140) light++;
      }
    }
    return light;
  }

  /** The pixels of a rectangle, for comparison. */
  cut(left: number, top: number, right: number, bottom: number): string {
    let pixels = '';
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) pixels += this.colour(x, y);
    }
    return pixels;
  }

  #at(x: number, y: number): Buffer {
    const offset = 4 * (Math.round(2 * y) * this.#png.width + Math.round(2 * x));
    return this.#png.data.subarray(offset, offset + 4);
  }
}

/** Whether two colours are equal up to antialiasing and rounding. */
export function alike(a: string, b: string): boolean {
  return [1, 3, 5].every(
    (at) => Math.abs(parseInt(a.slice(at, at + 2), 16) - parseInt(b.slice(at, at + 2), 16)) <= 6,
  );
}
