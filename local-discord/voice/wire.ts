import type { WebSocket } from 'ws';
import type { VoiceFaults } from './voice-faults.js';

/** The server's end of a WebSocket, with the delay of its host. */
export class Wire {
  readonly #socket: WebSocket;
  readonly #faults: VoiceFaults;

  constructor(socket: WebSocket, faults: VoiceFaults) {
    this.#socket = socket;
    this.#faults = faults;
  }

  send(data: string | Buffer): void {
    const { delayMs } = this.#faults;
    if (delayMs === 0) this.#socket.send(data);
    // A socket that has closed meanwhile ignores it.
    else setTimeout(() => this.#socket.send(data, () => undefined), delayMs).unref();
  }

  close(code: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  /** Closes without a close frame. */
  cut(): void {
    this.#socket.terminate();
  }
}
