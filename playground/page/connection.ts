import type { Act, News, Outcome } from './protocol.js';

/** Files by the name of their part. */
export type Files = Readonly<Record<string, File>>;

/** A 16-bit sample for each of left and right. */
const bytesOfMoment = 4;

/** Sends an action to the server. */
export type Perform = (act: Act, files?: Files) => Promise<Outcome>;

/** The connection to the server, as one of the people. */
export class Connection {
  constructor(private readonly user: string) {}

  /** @returns a function that closes it; until then it reconnects by itself */
  follow(onNews: (news: News) => void, onState: (isOpen: boolean) => void): () => void {
    const source = new EventSource(`/events?${this.#query}`);
    source.onopen = () => onState(true);
    source.onerror = () => onState(false);
    source.onmessage = ({ data }: MessageEvent<string>) => onNews(JSON.parse(data) as News);
    return () => source.close();
  }

  readonly perform: Perform = async (act, files = {}) => {
    const form = new FormData();
    form.append('act', JSON.stringify(act));
    for (const [part, file] of Object.entries(files)) form.append(part, file, file.name);
    try {
      const response = await fetch(`/acts?${this.#query}`, { method: 'POST', body: form });
      if (response.ok) return (await response.json()) as Outcome;
      return { refusal: await response.text() };
    } catch {
      return { refusal: 'The playground does not answer: is it still running?' };
    }
  };

  /**
   * Listens in a voice channel until `leaving` is aborted, or the person listens elsewhere.
   * @param hear called with the audio as it arrives: samples at 48 kHz, left and right interleaved
   * @returns the reason if it was refused
   */
  async listen(
    place: string,
    hear: (samples: Int16Array) => void,
    leaving: AbortSignal,
  ): Promise<string | undefined> {
    try {
      const path = `/sound?${this.#query}&${new URLSearchParams({ place }).toString()}`;
      const response = await fetch(path, { method: 'POST', signal: leaving });
      if (!response.ok || response.body === null) return await response.text();
      const reader = response.body.getReader();
      let rest = new Uint8Array();
      for (let part = await reader.read(); part.value; part = await reader.read()) {
        const bytes = new Uint8Array(rest.length + part.value.length);
        bytes.set(rest);
        bytes.set(part.value, rest.length);
        const whole = bytes.length - (bytes.length % bytesOfMoment);
        if (whole > 0) hear(new Int16Array(bytes.buffer, 0, whole / 2));
        rest = bytes.slice(whole);
      }
      return undefined;
    } catch (error) {
      if (leaving.aborted) return undefined;
      return error instanceof Error ? error.message : String(error);
    }
  }

  get #query(): string {
    return new URLSearchParams({ user: this.user }).toString();
  }
}
