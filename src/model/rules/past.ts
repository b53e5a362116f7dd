import type { PastNote } from './rule.js';

/** Maximum number of past notes that any rule uses. */
export const rememberedNotes = 256;

/** Adds a note to the past, and occasionally drops notes that no rule uses: music can be infinite. */
export function remember(past: PastNote[], note: PastNote): void {
  past.push(note);
  if (past.length >= 2 * rememberedNotes) past.splice(0, past.length - rememberedNotes);
}
