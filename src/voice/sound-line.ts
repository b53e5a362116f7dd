import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Packets, ToSound } from './messages.js';
import { SoundPlayer, type SoundPlayerOptions } from './sound-player.js';

/** Number of packets made ahead, 1.5 s: time to decode an instrument. */
const mostAhead = 75;

export interface SoundLineOptions extends SoundPlayerOptions {
  readonly send: (packets: Omit<Packets, 'line'>) => void;
}

type Command = ToSound extends infer Each ? (Each extends unknown ? Omit<Each, 'line'> : never) : never;

/** The sound of a line: keeps packets ready until they are to be sent. */
export class SoundLine {
  readonly #player: SoundPlayer;
  readonly #send: SoundLineOptions['send'];
  /** Number of the packet that the voice thread expects. */
  #next = 0;
  #isPlaying = false;
  #isClosed = false;

  constructor({ send, ...options }: SoundLineOptions) {
    this.#send = send;
    this.#player = new SoundPlayer(options);
  }

  obey(command: Exclude<Command, { readonly type: 'open' }>): void {
    const player = this.#player;
    if (command.type === 'enqueue') player.enqueue(command.source);
    else if (command.type === 'clear') player.clear();
    else if (command.type === 'cut') player.cut(command.id, command.seconds);
    else if (command.type === 'skip') player.skip(command.seconds);
    else if (command.type === 'loudness') player.lufs = command.lufs;
    else if (command.type === 'fade-in') player.fadeIn();
    else this.#isClosed = true;
    void this.#play();
  }

  /** @param packets number of packets sent since the start */
  sent(packets: number): void {
    this.#player.sent(packets);
    void this.#play();
  }

  /** Renders until enough is buffered, in turns with the other lines. */
  async #play(): Promise<void> {
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    const player = this.#player;
    while (!this.#isClosed && (player.ahead < mostAhead || player.made < this.#next)) {
      const packets = await player.packets();
      const from = player.made - packets.length;
      const isNew = packets.length > 0 || from < this.#next;
      this.#next = player.made;
      if (isNew) this.#send({ from, packets, isEnd: player.isIdle });
      else if (player.isIdle) break;
      await nextTurn();
    }
    this.#isPlaying = false;
    if (this.#isClosed) await player.close();
  }
}
