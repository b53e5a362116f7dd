import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Files } from './connection.js';
import type { View } from './news.js';
import type { Act, Message, Outcome } from './protocol.js';

/** What every part of the page can see and do. */
export interface Page {
  readonly view: View;
  /** Does something; what it opens or why it cannot be done is shown. */
  readonly act: (act: Act, files?: Files) => Promise<Outcome>;
  /** Puts a text into the composer. */
  readonly write: (text: string) => void;
  readonly replyTo: (message: Message) => void;
}

export const PageContext = createContext<Page | undefined>(undefined);

/** @throws Error outside of a page */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('This component is outside of the page');
  return page;
}
