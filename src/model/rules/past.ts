import type { PastNote } from './rule.js';

/** How many notes back any rule looks. */
export const rememberedNotes = 256;

/** Adds a note to the past, and forgets now and then what no rule looks back on: music may go on for ever. */
export function remember(past: PastNote[], note: PastNote): void {
  past.push(note);
  if (past.length >= 2 * rememberedNotes) past.splice(0, past.length - rememberedNotes);
}
