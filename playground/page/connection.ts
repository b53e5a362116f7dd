import type { Act, News, Outcome } from './protocol.js';

/** Files by the name of their part. */
export type Files = Readonly<Record<string, File>>;

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

  get #query(): string {
    return new URLSearchParams({ user: this.user }).toString();
  }
}
