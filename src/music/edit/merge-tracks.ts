import type { Piece } from '../piece.js';
import type { Track } from '../track.js';

/** Channels of a MIDI file for pitched tracks. */
const mostPitched = 15;

/**
 * A piece with at most 15 pitched tracks and one drum track, as a MIDI file written by this program has. If there are
 * more, tracks of the same instrument become one, with the level and place of the first; of more than 15 instruments,
 * those with the most notes are kept.
 */
export function withWritableTracks(piece: Piece): Piece {
  const pitched = piece.tracks.filter(({ isDrums }) => !isDrums);
  const drums = piece.tracks.filter(({ isDrums }) => isDrums);
  if (pitched.length <= mostPitched && drums.length <= 1) return piece;
  const ofEach = pitched.length <= mostPitched ? pitched : mergedBy(pitched, ({ program }) => program);
  const most = ofEach.toSorted((a, b) => b.notes.length - a.notes.length).slice(0, mostPitched);
  const tracks = [...ofEach.filter((track) => most.includes(track)), ...mergedBy(drums, () => 0)];
  return { ...piece, tracks };
}

function mergedBy(tracks: readonly Track[], kind: (track: Track) => number): readonly Track[] {
  const merged = new Map<number, Track>();
  for (const track of tracks) {
    const before = merged.get(kind(track));
    const notes = [...(before?.notes ?? []), ...track.notes];
    merged.set(kind(track), {
      ...(before ?? track),
      notes: notes.toSorted((a, b) => a.startTick - b.startTick || a.pitch - b.pitch),
    });
  }
  return [...merged.values()];
}
