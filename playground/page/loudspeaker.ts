const sampleRate = 48_000;
/** How far ahead audio is scheduled, so that late arrivals leave no gaps, and the maximum. */
const aheadSeconds = 0.15;
const mostAheadSeconds = 1;

/** Plays audio as it arrives. */
export class Loudspeaker {
  readonly #context = new AudioContext({ sampleRate });
  /** When the next samples are due, in the context's time. */
  #due = 0;

  /** @param samples at 48 kHz, left and right interleaved */
  play(samples: Int16Array): void {
    const now = this.#context.currentTime;
    if (this.#due > now + mostAheadSeconds) return;
    if (this.#due < now) this.#due = now + aheadSeconds;
    const buffer = this.#context.createBuffer(2, samples.length / 2, sampleRate);
    for (const side of [0, 1]) {
      const channel = buffer.getChannelData(side);
      for (let index = 0; index < channel.length; index += 1) {
        channel[index] = samples[2 * index + side]! / 32_768;
      }
    }
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#context.destination);
    source.start(this.#due);
    this.#due += buffer.duration;
  }

  stop(): void {
    void this.#context.close();
  }
}
