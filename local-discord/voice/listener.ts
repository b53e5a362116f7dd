import type { APIUser } from 'discord-api-types/v10';
import { decodeFrames, Ear, type Hears } from './ear.js';
import { Hearing, type HeardFrame } from './heard.js';
import type { VoiceChannel } from '../places.js';
import type { VoiceRoom } from './voice-room.js';

/** Callbacks of a listener to its environment. */
export interface ListenerHost {
  /**
   * Notifies the bot.
   * @throws ClientRefusal when the channel cannot be entered
   */
  enter(channel: VoiceChannel): void;
  leave(): void;
  /** Sets the flags that others see next to the name. */
  show(flags: { readonly selfMute?: boolean; readonly selfDeaf?: boolean }): void;
  room(channel: VoiceChannel): VoiceRoom;
  /**
   * Polls until it is true.
   * @throws Error on timeout
   */
  until(isSo: () => boolean, what: () => string): Promise<void>;
}

/** A person in a voice channel, and everything they have heard there. */
export class Listener {
  readonly #user: APIUser;
  readonly #host: ListenerHost;
  readonly #watchers = new Set<Hears>();
  #frames: HeardFrame[] = [];
  #place: { readonly room: VoiceRoom; readonly ear: Ear } | undefined;
  #isDeaf = false;

  constructor(user: APIUser, channel: VoiceChannel, host: ListenerHost) {
    this.#user = user;
    this.#host = host;
    this.moveTo(channel);
  }

  /** Whether their client has keys for end-to-end encryption, which requires someone else in the channel. */
  get hasKeys(): boolean {
    return this.#place?.ear.hasKeys ?? false;
  }

  /** All frames, in order of arrival. */
  get frames(): readonly HeardFrame[] {
    return this.#frames;
  }

  /**
   * Statistics of what they heard.
   * @param from index of the first frame
   */
  hearing(from = 0): Hearing {
    return new Hearing(this.#frames.slice(from));
  }

  /**
   * What they heard: samples at 48 kHz, left and right interleaved.
   * @param from index of the first frame
   */
  pcm(from = 0): Int16Array {
    return decodeFrames(this.#frames.slice(from));
  }

  /**
   * Subscribes to all frames.
   * @returns a function that unsubscribes
   */
  watch(watcher: Hears): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /**
   * Waits until they have heard this many more frames, not counting those that could not be decrypted or
   * decoded.
   */
  async hears(frames: number): Promise<void> {
    let heard = 0;
    const stop = this.watch(({ failure }) => {
      if (failure === undefined) heard += 1;
    });
    try {
      const what = (): string => `${frames} frames in the ears of ${this.#user.username}, who heard ${heard}`;
      await this.#host.until(() => heard >= frames, what);
    } finally {
      stop();
    }
  }

  /** Drops the frames, for long runs. */
  forget(): void {
    this.#frames = [];
  }

  moveTo(channel: VoiceChannel): void {
    this.#host.enter(channel);
    this.#disconnect();
    const room = this.#host.room(channel);
    const ear = new Ear(this.#user.id, room, (frame, pcm) => this.#hear(frame, pcm));
    this.#place = { room, ear };
    room.enter(ear);
  }

  leave(): void {
    if (this.#place === undefined) return;
    this.#disconnect();
    this.#host.leave();
  }

  mute(isMute = true): void {
    this.#host.show({ selfMute: isMute });
  }

  /** While deafened, they hear nothing. */
  deafen(isDeaf = true): void {
    this.#isDeaf = isDeaf;
    this.#host.show({ selfDeaf: isDeaf });
  }

  #disconnect(): void {
    this.#place?.room.leave(this.#place.ear);
    this.#place = undefined;
  }

  #hear(frame: HeardFrame, pcm?: Int16Array): void {
    if (this.#isDeaf) return;
    this.#frames.push(frame);
    for (const watcher of [...this.#watchers]) watcher(frame, pcm);
  }
}
