import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Files } from './connection.js';
import type { View } from './news.js';
import type { Act, Message, Outcome } from './protocol.js';

/** State and actions available to all components of the page. */
export interface Page {
  readonly view: View;
  /** Performs an action; shows what it opens, or the error message. */
  readonly act: (act: Act, files?: Files) => Promise<Outcome>;
  /** Puts text into the composer. */
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
