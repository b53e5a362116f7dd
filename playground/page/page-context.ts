import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Files } from './connection.js';
import type { View } from './news.js';
import type { Act, Message, Outcome } from './protocol.js';

/** What every part of the page can see and do. */
export interface Room {
  readonly view: View;
  /** Does something; what it opens or why it cannot be done is shown. */
  readonly act: (act: Act, files?: Files) => Promise<Outcome>;
  /** Puts a text into the composer. */
  readonly write: (text: string) => void;
  readonly replyTo: (message: Message) => void;
}

export const RoomContext = createContext<Room | undefined>(undefined);

/** @throws Error outside of a room */
export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (room === undefined) throw new Error('This part of the page stands in no room');
  return room;
}
