import type { Piece } from '../piece.js';

/** A piece that starts at a tick, without the notes struck before it. */
export function onwards(piece: Piece, from: number): Piece {
  return {
    ...piece,
    tracks: piece.tracks.map((track) => ({
      ...track,
      notes: track.notes
        .filter(({ startTick }) => startTick >= from)
        .map((note) => ({ ...note, startTick: note.startTick - from })),
    })),
    tempos: changesFrom(piece.tempos, from),
    meters: changesFrom(piece.meters, from),
    keys: changesFrom(piece.keys, from),
    ...(piece.chords !== undefined && { chords: changesFrom(piece.chords, from) }),
    ...(piece.sections !== undefined && { sections: changesFrom(piece.sections, from) }),
  };
}

/** The change in force at a tick, and all later ones. */
function changesFrom<Change extends { readonly tick: number }>(
  changes: readonly Change[],
  from: number,
): readonly Change[] {
  const before = changes.findLast(({ tick }) => tick <= from);
  const after = changes.filter(({ tick }) => tick > from);
  return [
    ...(before === undefined ? [] : [{ ...before, tick: 0 }]),
    ...after.map((change) => ({ ...change, tick: change.tick - from })),
  ];
}
