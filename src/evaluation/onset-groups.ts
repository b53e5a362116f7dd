import { byOnset, type Note } from '../music/note.js';

/** Onsets this close to the first are heard as simultaneous. */
const togetherSeconds = 0.035;

/** Groups of notes struck together, in order. */
export function onsetGroups(notes: readonly Note[]): readonly (readonly Note[])[] {
  const groups: Note[][] = [];
  for (const note of notes.toSorted(byOnset)) {
    const group = groups.at(-1);
    if (group !== undefined && note.onsetSeconds - group[0]!.onsetSeconds <= togetherSeconds)
      group.push(note);
    else groups.push([note]);
  }
  return groups;
}
