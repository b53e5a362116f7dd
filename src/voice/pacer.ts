import type { LineFigures } from './messages.js';

/** Duration of a packet, in milliseconds. */
const packetMs = 20;
/** Beyond this delay, lost time is skipped, not caught up: listeners discard packets that arrive all at once. */
const mostLateMs = 200;
/** An audible gap, in milliseconds. */
const heardGapMs = 100;
/** Number of packets to buffer before sending the first. */
const firstPackets = 25;
/** A silent Opus frame. Five of them end a transmission, so that decoders do not interpolate past its end. */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const silentPackets = 5;

export interface PacerOptions {
  /** Sends a packet. @returns whether there was a connection */
  readonly send: (packet: Uint8Array) => boolean;
  /** Called when a packet leaves the buffer. @param packets how many have by now */
  readonly onTaken: (packets: number) => void;
  /** Called when nothing more is sent for now. */
  readonly onQuiet: () => void;
  /** Monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Sends a packet every 20 ms by a monotonic clock. Small delays are caught up, large ones are skipped, so there are never
 * more than ten packets at once.
 */
export class Pacer {
  readonly #send: PacerOptions['send'];
  readonly #onTaken: PacerOptions['onTaken'];
  readonly #onQuiet: () => void;
  readonly #now: () => number;
  #packets: Uint8Array[] = [];
  /** Number of packets that have left the buffer. */
  #taken = 0;
  #isHushed = true;
  #isEnd = false;
  /** Number of silent packets left to send. */
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

  /**
   * Adds packets, in place of those with the same and with later numbers. What comes too late is left out.
   * @param from number of the first packet, counted from the start
   * @param isEnd whether nothing follows for now
   */
  add(packets: readonly Uint8Array[], from: number, isEnd: boolean): void {
    const late = Math.max(0, this.#taken - from);
    this.#packets = [...this.#packets.slice(0, Math.max(0, from - this.#taken)), ...packets.slice(late)];
    this.#isEnd = isEnd;
    this.#begin();
  }

  /** Sends nothing until {@link sound}. */
  hush(): void {
    this.#isHushed = true;
  }

  sound(): void {
    this.#isHushed = false;
    this.#begin();
  }

  /** Stops and drops unsent packets. */
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

  /** @returns false if there is nothing left to send */
  #next(now: number): boolean {
    const packet = this.#isHushed ? undefined : this.#packets.shift();
    if (packet !== undefined) {
      this.#taken += 1;
      this.#onTaken(this.#taken);
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
