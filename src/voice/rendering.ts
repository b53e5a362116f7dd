import type { SampleRate, StereoBlock } from '../render/audio/synth.js';
import type { Source } from './messages.js';

/** Sound is rendered in blocks of 100 ms: shorter ones cost more, longer ones respond later. */
export const blockSeconds = 0.1;

/** A block of stereo sound; both channels have the same length. */
export type Block = Pick<StereoBlock, 'left' | 'right'>;

export interface RenderingOptions {
  readonly source: Source;
  /** Where in the piece it starts. */
  readonly startSeconds: number;
  readonly foretoldLufs: number;
  readonly sampleRate: SampleRate;
  /** Its blocks are overwritten by the next ones. */
  readonly blocks: AsyncGenerator<StereoBlock, void, void>;
}

/**
 * The sound of a source, block by block, its pause first. Blocks can be had again until they are forgotten, so that what
 * was rendered but not heard can be played otherwise.
 */
export class Rendering {
  readonly source: Source;
  readonly foretoldLufs: number;
  /** Where in the piece it is cut, in seconds. */
  cutAt = Infinity;
  /** Whether it is being faded out. */
  isFadingOut = false;
  /** Whether it was reported as begun. */
  isBegun = false;
  /** Whether nothing more is to be reported about it. */
  isDropped = false;
  readonly #blocks: RenderingOptions['blocks'];
  readonly #startSeconds: number;
  /** Number of samples in a block. */
  readonly #frames: number;
  /** Number of silent blocks before the first. */
  readonly #pause: number;
  /** Rendered, and not forgotten. */
  #kept: Block[] = [];
  #forgotten = 0;

  constructor({ source, startSeconds, foretoldLufs, sampleRate, blocks }: RenderingOptions) {
    this.source = source;
    this.foretoldLufs = foretoldLufs;
    this.#blocks = blocks;
    this.#startSeconds = startSeconds;
    this.#frames = Math.round(sampleRate * blockSeconds);
    this.#pause = Math.round(source.breathSeconds / blockSeconds);
  }

  /** Position in the piece where a block begins, in seconds; undefined in the pause before it. */
  secondsAt(index: number): number | undefined {
    return index < this.#pause ? undefined : this.#startSeconds + (index - this.#pause) * blockSeconds;
  }

  /** Makes the first sound, for which the instruments are decoded. @throws when the piece cannot be played */
  async begin(): Promise<void> {
    await this.block(this.#pause);
  }

  /** @param index of any block after the forgotten ones, and at most one after the rendered ones; undefined at the end */
  async block(index: number): Promise<Block | undefined> {
    if (index < this.#pause) {
      const silence = new Float32Array(this.#frames);
      return { left: silence, right: silence };
    }
    const at = index - this.#pause;
    if (at >= this.#forgotten + this.#kept.length) {
      const { value } = await this.#blocks.next();
      if (value === undefined) return undefined;
      this.#kept.push({ left: this.#whole(value.left), right: this.#whole(value.right) });
    }
    return this.#kept[at - this.#forgotten];
  }

  /** Forgets the blocks before one. */
  forget(index: number): void {
    const count = index - this.#pause - this.#forgotten;
    if (count <= 0) return;
    this.#kept.splice(0, count);
    this.#forgotten += count;
  }

  /** Ends it; it has no more blocks. */
  async close(): Promise<void> {
    await this.#blocks.return();
  }

  /** A copy; the last block may be shorter. */
  #whole(samples: Float32Array): Float32Array<ArrayBuffer> {
    const block = new Float32Array(this.#frames);
    block.set(samples);
    return block;
  }
}
