import { continueMusic } from './continuation.js';
import type { ComposedSong } from '../model/composer.js';
import { withCourse } from '../music/edit/course.js';
import type { GeneratedNote } from '../model/generated.js';
import { clearKey } from '../music/theory/key-estimate.js';
import { byOnset, type Note } from '../music/note.js';
import { monophonic, separateRepeats, shortestSeconds } from '../music/edit/overlap.js';
import { keyboardPiece, type KeyboardPiece } from '../music/keyboard.js';
import type { Piece } from '../music/piece.js';
import { placeAfter } from './placement.js';
import { lengthFit, quantise } from '../music/edit/quantise.js';
import { writableTempo } from '../music/piece-tempo.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import { characterOf } from '../request/character.js';
import { startOfBar } from '../request/song-music.js';
import { songPiece } from './song-piece.js';
import { shiftToMedian, transpose } from '../music/edit/transpose.js';
import { toVelocity, withMeanVelocity } from '../music/edit/velocity.js';

interface PlacedNote extends Note {
  readonly isGiven: boolean;
}

/** The requested piece, in ticks: {@link finishMusic}. */
export function finishPiece(
  request: CompositionRequest,
  opening: Opening,
  generated: readonly GeneratedNote[],
): Piece {
  return keyboardPiece(finishMusic(request, opening, generated));
}

/** Difference between the softest and the loudest songs, in MIDI velocities. */
const loudnessRange = 48;

/** A song in ticks, at the requested loudness, without tracks that have no notes. */
export function finishSong(request: CompositionRequest, { plan, notes }: ComposedSong): Piece {
  const { task } = request;
  if (task.kind !== 'song') throw new RangeError('A song was composed where none was asked for.');
  const { title, namedAfter, from } = task;
  const start = from === undefined ? 0 : startOfBar(plan, from);
  const { loudness } = characterOf(request);
  const louder = loudness === undefined ? 0 : Math.round((loudness - 0.5) * loudnessRange);
  const voiced = notes.map((note) =>
    note.onset < start ? note : { ...note, velocity: toVelocity(note.velocity + louder) },
  );
  const piece = songPiece(plan, voiced, title, ({ onset }) => onset < start);
  return {
    ...piece,
    ...(namedAfter === true && { namedAfter }),
    tracks: piece.tracks.filter((track) => track.notes.length > 0),
  };
}

/**
 * Turns what the network composed into the requested piece: the opening's notes and the new ones after them,
 * on the grid, in one voice or many, transposed, with the requested tempo and loudness. None of this is fed
 * back to the network.
 *
 * The order matters. Lengths and repeats are resolved on the grid at the opening's own tempo; transposing may
 * map two pitches to one, so repeats are resolved once more; the tempo then scales time as a whole, which
 * leaves every length in beats unchanged; velocities come last, when no note can disappear any more.
 * @param opening as prepared for this request
 * @param generated all in the scale, if a key was requested
 * @throws Error when a generated note is invalid; a network must never get this far with one
 */
export function finishMusic(
  request: CompositionRequest,
  opening: Opening,
  generated: readonly GeneratedNote[],
): KeyboardPiece {
  if (request.task.kind === 'continue') return continueMusic(request, opening, generated);
  const { quantise: grid, tempo, pitch, velocity } = request;
  const ownTempoBpm = writableTempo(opening.tempoBpm, tempo);

  const course = request.text?.course;
  const inOrder = place(opening, generated);
  const placed = course === undefined ? inOrder : withCourse(inOrder, course);
  const onGrid = quantise(placed, grid, ownTempoBpm);
  const voiced = request.voices === 'mono' ? monophonic(onGrid, lengthFit(grid, ownTempoBpm)) : onGrid;
  const pitched =
    pitch === undefined
      ? voiced
      : separateRepeats(
          transpose(voiced, shiftToMedian(voiced, pitch, request.key)),
          lengthFit(grid, ownTempoBpm),
        );
  const timed = pitched.map((note) => ({
    ...note,
    onsetSeconds: note.onsetSeconds / tempo,
    durationSeconds: note.durationSeconds / tempo,
  }));
  const ended = request.length === undefined ? timed : endingBy(timed, request.length);
  const shaped = velocity === undefined ? ended : withMeanVelocity(ended, velocity);

  const key = request.key ?? clearKey(shaped);
  return {
    title: opening.title,
    ...(opening.notes.length > 0 && { namedAfter: true }),
    notes: shaped.toSorted(byOnsetGivenFirst),
    tempoBpm: ownTempoBpm * tempo,
    timeSignature: opening.timeSignature,
    key,
    hasBars: grid !== 'none',
  };
}

/** Shortens notes that would sound beyond the end of a piece of a certain length. */
export function endingBy<N extends Note>(notes: readonly N[], endSeconds: number): N[] {
  return notes.map((note) => {
    const most = Math.max(endSeconds - note.onsetSeconds, shortestSeconds);
    return note.durationSeconds <= most ? note : { ...note, durationSeconds: most };
  });
}

/** The opening's notes, then the new ones that sound. */
function place(opening: Opening, generated: readonly GeneratedNote[]): PlacedNote[] {
  const given = opening.notes.map((note) => ({
    ...note,
    durationSeconds: Math.max(note.durationSeconds, shortestSeconds),
    isGiven: true,
  }));
  const composed = placeAfter(given.at(-1)?.onsetSeconds ?? 0, generated, given);
  return [...given, ...composed.map((note) => ({ ...note, isGiven: false }))];
}

/** New notes never start before the opening's last note, so the given notes come first. */
function byOnsetGivenFirst(a: PlacedNote, b: PlacedNote): number {
  return a.onsetSeconds - b.onsetSeconds || Number(b.isGiven) - Number(a.isGiven) || byOnset(a, b);
}
