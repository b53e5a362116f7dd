import { MessageChannel, Worker } from 'node:worker_threads';
import { heapLimits } from '../threads/heap-limits.js';
import type {
  FromSound,
  FromVoice,
  GatewayNews,
  LeftReason,
  LineFigures,
  Source,
  ToSound,
  ToVoice,
} from './messages.js';
import type { SoundThreadData } from './sound-thread.js';
import type { VoiceThreadData } from './voice-thread.js';

/** Discord's gateway for the voice of one server. */
export interface VoiceGateway {
  /** @returns false when it is not connected */
  send(payload: unknown): boolean;
  /** Ends the subscription. */
  close(): void;
}

/** Opens a server's gateway for voice. @param hear called with each of its events */
export type OpenGateway = (hear: (news: GatewayNews) => void) => VoiceGateway;

/** Events of a line. */
export interface LineEvents {
  readonly ready: () => void;
  /** The connection ended, and the line with it. */
  readonly left: (reason: LeftReason, code?: number) => void;
  readonly begun: (id: number) => void;
  /** Position heard so far, in seconds. */
  readonly at: (id: number, seconds: number) => void;
  readonly ended: (id: number) => void;
  readonly failed: (id: number, reason: string) => void;
}

/** A connection to a voice channel. */
export interface Line {
  readonly figures: LineFigures;
  /** Appends music to the queue. */
  enqueue(source: Source): void;
  /** Drops everything after the music that is being heard. */
  clear(): void;
  /** Ends a source at this position in seconds; at once if it has passed. */
  cut(id: number, seconds: number): void;
  /** Ends the music that is being heard. @param seconds how long it fades */
  skip(seconds?: number): void;
  setLoudness(lufs: number): void;
  hush(): void;
  sound(): void;
  leave(): void;
}

export interface VoicesOptions {
  /** Path of an SF2 file to use instead of the built-in sounds. */
  readonly soundFont?: string | undefined;
  /** Called when a thread reports an error; it continues or is replaced. */
  readonly onFault: (cause: unknown) => void;
}

interface OpenLine {
  readonly events: LineEvents;
  readonly gateway: VoiceGateway;
  figures: LineFigures;
}

interface Threads {
  readonly sound: Worker;
  readonly voice: Worker;
}

const noFigures: LineFigures = { sent: 0, gaps: 0, starved: 0 };

/**
 * Plays music in voice channels, in two threads that start with the first channel, so that a packet is sent every 20 ms
 * whatever the main thread does.
 */
export class Voices {
  readonly #options: VoicesOptions;
  readonly #lines = new Map<number, OpenLine>();
  #threads: Threads | undefined;
  #next = 1;
  #isClosed = false;

  constructor(options: VoicesOptions) {
    this.#options = options;
  }

  /** @param lufs loudness of the music */
  join(server: string, channel: string, lufs: number, open: OpenGateway, events: LineEvents): Line {
    this.#threads ??= this.#start();
    const line = this.#next++;
    const gateway = open((news) => this.#voice({ ...news, line }));
    this.#lines.set(line, { events, gateway, figures: noFigures });
    this.#sound({ type: 'open', line, lufs });
    this.#voice({ type: 'join', line, server, channel });
    const figures = (): LineFigures => this.#lines.get(line)?.figures ?? noFigures;
    return {
      get figures() {
        return figures();
      },
      enqueue: (source) => this.#sound({ type: 'enqueue', line, source }),
      clear: () => this.#sound({ type: 'clear', line }),
      cut: (id, seconds) => this.#sound({ type: 'cut', line, id, seconds }),
      skip: (seconds) => this.#sound({ type: 'skip', line, seconds }),
      setLoudness: (lufs) => this.#sound({ type: 'loudness', line, lufs }),
      hush: () => {
        this.#voice({ type: 'hush', line });
        this.#sound({ type: 'fade-in', line });
      },
      sound: () => this.#voice({ type: 'sound', line }),
      leave: () => {
        this.#voice({ type: 'leave', line });
        this.#drop(line);
      },
    };
  }

  /** Ends the threads. Lines get no more events. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { gateway } of this.#lines.values()) gateway.close();
    this.#lines.clear();
    await Promise.all([this.#threads?.sound.terminate(), this.#threads?.voice.terminate()]);
  }

  #sound(message: ToSound): void {
    this.#threads?.sound.postMessage(message);
  }

  #voice(message: ToVoice): void {
    this.#threads?.voice.postMessage(message);
  }

  /** Payloads that the thread still sends to the gateway, such as leaving, go out first. */
  #drop(line: number): void {
    this.#sound({ type: 'close', line });
    setTimeout(() => {
      this.#lines.get(line)?.gateway.close();
      this.#lines.delete(line);
    }, 500).unref();
  }

  #start(): Threads {
    const { port1, port2 } = new MessageChannel();
    const ofSound: SoundThreadData = { voice: port1, soundFont: this.#options.soundFont };
    const ofVoice: VoiceThreadData = { sound: port2 };
    const sound = new Worker(new URL('./sound-thread.js', import.meta.url), {
      workerData: ofSound,
      transferList: [port1],
      resourceLimits: heapLimits(512),
    });
    const voice = new Worker(new URL('./voice-thread.js', import.meta.url), {
      workerData: ofVoice,
      transferList: [port2],
      resourceLimits: heapLimits(256),
    });
    sound.on('message', (message: FromSound) => this.#heardOfSound(message));
    voice.on('message', (message: FromVoice) => this.#heardOfVoice(message));
    const threads = { sound, voice };
    for (const thread of [sound, voice]) {
      thread.on('error', (error) => this.#options.onFault(error));
      thread.on('exit', (code) => this.#lose(threads, code));
    }
    return threads;
  }

  #heardOfSound(message: FromSound): void {
    const { id, line } = message;
    const events = this.#lines.get(line)?.events;
    if (message.type === 'at') events?.at(id, message.seconds);
    else if (message.type === 'failed') {
      this.#options.onFault(new Error(`A piece could not be played: ${message.reason}`));
      events?.failed(id, message.reason);
    } else events?.[message.type](id);
  }

  #heardOfVoice(message: FromVoice): void {
    if (message.type === 'fault') {
      this.#options.onFault(new Error(message.message));
      return;
    }
    const { line: number } = message;
    const line = this.#lines.get(number);
    if (line === undefined) return;
    switch (message.type) {
      case 'gateway':
        line.gateway.send(message.payload);
        return;
      case 'ready':
        line.events.ready();
        return;
      case 'figures':
        line.figures = message.figures;
        return;
      case 'left':
        this.#drop(number);
        line.events.left(message.reason, message.code);
    }
  }

  /** A thread died, and all lines with it; the next line starts both again. */
  #lose(threads: Threads, code: number): void {
    if (this.#isClosed || this.#threads !== threads) return;
    this.#threads = undefined;
    this.#options.onFault(new Error(`A thread of the voice channels ended with code ${code}.`));
    void threads.sound.terminate();
    void threads.voice.terminate();
    const lost = [...this.#lines.values()];
    this.#lines.clear();
    for (const { events, gateway } of lost) {
      gateway.close();
      events.left('lost');
    }
  }
}
