import type { PastNote } from './rule.js';

/** How many notes back any rule looks. */
export const rememberedNotes = 256;

/** Adds a note to the past, and now and then forgets what no rule uses: music can go on forever. */
export function remember(past: PastNote[], note: PastNote): void {
  past.push(note);
  if (past.length >= 2 * rememberedNotes) past.splice(0, past.length - rememberedNotes);
}
