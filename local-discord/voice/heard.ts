/** 20 ms of audio, as received by a listener. */
export interface HeardFrame {
  /** Changes each time the bot joins. */
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  /** When it arrived, in milliseconds of `performance.now()`. */
  readonly at: number;
  /**
   * How it was sent: end-to-end encrypted, unencrypted, or as the three bytes of silence, which are never
   * encrypted.
   */
  readonly kind: 'encrypted' | 'plain' | 'silence';
  /** The Opus packet; absent if it could not be decrypted or decoded. */
  readonly opus?: Buffer;
  /** The reason for that. */
  readonly failure?: string;
}

/** Samples per frame, at 48 kHz. */
export const frameSamples = 960;

/** Statistics of a range of frames, in order of arrival. */
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

  /** Number of missing frames, by sequence number. A stream that starts over has lost nothing. */
  get lost(): number {
    return this.#steps.reduce((sum, { frames }) => sum + Math.max(0, frames - 1), 0);
  }

  /** Number of frames that arrived twice, or after later ones. */
  get outOfOrder(): number {
    return this.#steps.filter(({ frames }) => frames <= 0).length;
  }

  /** Number of frames whose timestamp does not match their sequence number. */
  get wrongTimestamps(): number {
    return this.#steps.filter(({ frames, samples }) => samples !== frames * frameSamples).length;
  }

  /** Number of streams: one more each time the bot joined. */
  get streams(): number {
    return new Set(this.frames.map(({ ssrc }) => ssrc)).size;
  }

  /** Milliseconds between consecutive arrivals. */
  get gaps(): readonly number[] {
    return this.frames.slice(1).map(({ at }, index) => at - this.frames[index]!.at);
  }

  /** The longest gap; 0 with fewer than two frames. */
  get longestGapMs(): number {
    return this.gaps.reduce((longest, gap) => Math.max(longest, gap), 0);
  }

  /** @param part quantile of the gaps, from 0 to 1 */
  gapQuantile(part: number): number {
    const sorted = this.gaps.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  }

  /** Maximum number of frames that arrived within any `ms`. */
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

  /** Between consecutive frames of the same stream. */
  get #steps(): readonly { readonly frames: number; readonly samples: number }[] {
    return this.frames.slice(1).flatMap((frame, index) => {
      const before = this.frames[index]!;
      if (before.ssrc !== frame.ssrc) return [];
      const frames = ((frame.sequence - before.sequence) << 16) >> 16;
      return [{ frames, samples: (frame.timestamp - before.timestamp) | 0 }];
    });
  }
}
