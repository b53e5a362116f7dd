import { patienceMs } from '../../local-discord/feed.js';

/** One line of a bot's log. */
export type LogEntry = Readonly<Record<string, unknown>> & { readonly msg: string };

/** Collects the JSON lines of a log, which arrives in chunks of any size. */
export class LogCapture {
  /** Everything so far. */
  text = '';
  readonly #entries: LogEntry[] = [];
  readonly #listeners = new Set<() => void>();
  #rest = '';

  write(piece: string): void {
    this.text += piece;
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith('{')) this.#entries.push(JSON.parse(line) as LogEntry);
    }
    for (const listener of this.#listeners) listener();
  }

  /** All lines so far with this message. */
  all(message: string): readonly LogEntry[] {
    return this.#entries.filter(({ msg }) => msg === message);
  }

  /** The first line with this message, now or later. */
  first(message: string, timeoutMs = patienceMs): Promise<LogEntry> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const [entry] = this.all(message);
        if (entry === undefined) return;
        finish();
        resolve(entry);
      };
      const finish = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`The log does not say “${message}”:\n${this.text}`));
      }, timeoutMs);
      this.#listeners.add(look);
      look();
    });
  }
}
