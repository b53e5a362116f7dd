/** 20 ms of sound as they reached a listener. */
export interface HeardFrame {
  /** A new one each time the bot joins. */
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  /** When it arrived, in milliseconds of `performance.now()`. */
  readonly at: number;
  /** How it came: encrypted from end to end, in the clear, or as the three bytes of silence, which always are. */
  readonly kind: 'encrypted' | 'plain' | 'silence';
  /** The Opus packet; absent when it could not be decrypted or decoded. */
  readonly opus?: Buffer;
  /** Why not. */
  readonly failure?: string;
}

/** Samples at 48 kHz. */
export const frameSamples = 960;

/** Figures about the frames of a while, in the order in which they arrived. */
export class Hearing {
  constructor(readonly frames: readonly HeardFrame[]) {}

  /** Frames that were decrypted and decoded, silence included. */
  get heard(): number {
    return this.frames.length - this.failures.length;
  }

  get encrypted(): number {
    return this.#count('encrypted');
  }

  get plain(): number {
    return this.#count('plain');
  }

  get silent(): number {
    return this.#count('silence');
  }

  get failures(): readonly HeardFrame[] {
    return this.frames.filter(({ failure }) => failure !== undefined);
  }

  /** Frames that never came, by their numbers. A stream that begins anew has lost nothing. */
  get lost(): number {
    return this.#steps.reduce((sum, { frames }) => sum + Math.max(0, frames - 1), 0);
  }

  /** Frames that came again, or after later ones. */
  get outOfOrder(): number {
    return this.#steps.filter(({ frames }) => frames <= 0).length;
  }

  /** Frames whose timestamp is not as many samples on as their number says. */
  get wrongTimestamps(): number {
    return this.#steps.filter(({ frames, samples }) => samples !== frames * frameSamples).length;
  }

  /** How many streams there were: one more each time the bot joined. */
  get streams(): number {
    return new Set(this.frames.map(({ ssrc }) => ssrc)).size;
  }

  /** Milliseconds from each arrival to the next. */
  get gaps(): readonly number[] {
    return this.frames.slice(1).map(({ at }, index) => at - this.frames[index]!.at);
  }

  /** The longest gap; 0 of fewer than two frames. */
  get longestGapMs(): number {
    return this.gaps.reduce((longest, gap) => Math.max(longest, gap), 0);
  }

  /** @param part of the gaps that are no longer, from 0 to 1 */
  gapQuantile(part: number): number {
    const sorted = this.gaps.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  }

  /** Most frames that arrived in any span of `ms`. */
  mostWithin(ms: number): number {
    let first = 0;
    let most = 0;
    for (const [index, { at }] of this.frames.entries()) {
      while (at - this.frames[first]!.at > ms) first += 1;
      most = Math.max(most, index - first + 1);
    }
    return most;
  }

  #count(kind: HeardFrame['kind']): number {
    return this.frames.filter((frame) => frame.kind === kind).length;
  }

  /** From each frame to the next of the same stream. */
  get #steps(): readonly { readonly frames: number; readonly samples: number }[] {
    return this.frames.slice(1).flatMap((frame, index) => {
      const before = this.frames[index]!;
      if (before.ssrc !== frame.ssrc) return [];
      const frames = ((frame.sequence - before.sequence) << 16) >> 16;
      return [{ frames, samples: (frame.timestamp - before.timestamp) | 0 }];
    });
  }
}
