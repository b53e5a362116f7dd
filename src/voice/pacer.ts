import type { LineFigures } from './messages.js';

/** Of a packet, in milliseconds. */
const packetMs = 20;
/** Later than this, time is given up instead of caught up: listeners throw away what comes all at once. */
const mostLateMs = 200;
/** A gap of this length is heard. */
const heardGapMs = 100;
/** So much sound is there before the first packet is sent. */
const firstPackets = 25;
/** Opus of silence; five of them end what is sent, so that nobody's decoder makes up what follows. */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const silentPackets = 5;

export interface PacerOptions {
  /** Sends a packet. @returns whether there was a connection to send it on */
  readonly send: (packet: Uint8Array) => boolean;
  /** A packet left the buffer. */
  readonly onTaken: () => void;
  /** Nothing more is sent for now. */
  readonly onQuiet: () => void;
  /** Milliseconds, of a clock that never jumps. */
  readonly now?: () => number;
}

/**
 * Sends a packet every 20 ms, by a clock that never jumps: what is a little late is caught up, what is very late is
 * not, so that there are never more than ten packets at once.
 */
export class Pacer {
  readonly #send: PacerOptions['send'];
  readonly #onTaken: () => void;
  readonly #onQuiet: () => void;
  readonly #now: () => number;
  readonly #packets: Uint8Array[] = [];
  #isHushed = true;
  #isEnd = false;
  /** Silence that is still to be sent. */
  #silent = 0;
  #timer: NodeJS.Timeout | undefined;
  #dueMs = 0;
  #lastMs: number | undefined;
  #sent = 0;
  #gaps = 0;
  #starved = 0;

  constructor({ send, onTaken, onQuiet, now = () => performance.now() }: PacerOptions) {
    this.#send = send;
    this.#onTaken = onTaken;
    this.#onQuiet = onQuiet;
    this.#now = now;
  }

  get figures(): LineFigures {
    return { sent: this.#sent, gaps: this.#gaps, starved: this.#starved };
  }

  /** @param isEnd nothing follows for now */
  add(packets: readonly Uint8Array[], isEnd: boolean): void {
    this.#packets.push(...packets);
    this.#isEnd = isEnd;
    this.#begin();
  }

  /** Sends nothing any more until {@link sound}. */
  hush(): void {
    this.#isHushed = true;
  }

  sound(): void {
    this.#isHushed = false;
    this.#begin();
  }

  /** Forgets what was not sent. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#packets.length = 0;
  }

  #begin(): void {
    const isEnough = this.#packets.length >= firstPackets || (this.#isEnd && this.#packets.length > 0);
    if (this.#timer !== undefined || this.#isHushed || !isEnough) return;
    this.#dueMs = this.#now();
    this.#lastMs = undefined;
    this.#wait();
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, this.#dueMs - this.#now()));
  }

  #tick(): void {
    const now = this.#now();
    if (now - this.#dueMs > mostLateMs) this.#dueMs = now;
    for (; this.#dueMs <= now; this.#dueMs += packetMs) {
      if (!this.#next(now)) {
        this.#timer = undefined;
        this.#onQuiet();
        return;
      }
    }
    this.#wait();
  }

  /** @returns false when there is nothing more to send */
  #next(now: number): boolean {
    const packet = this.#isHushed ? undefined : this.#packets.shift();
    if (packet !== undefined) {
      this.#onTaken();
      this.#silent = silentPackets;
      if (this.#lastMs !== undefined && now - this.#lastMs > heardGapMs) this.#gaps += 1;
      this.#lastMs = now;
      if (this.#send(packet)) this.#sent += 1;
      return true;
    }
    if (this.#silent === 0) return false;
    if (this.#silent === silentPackets && !this.#isHushed && !this.#isEnd) this.#starved += 1;
    this.#silent -= 1;
    this.#send(silence);
    return true;
  }
}
