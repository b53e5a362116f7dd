import { withCourse } from '../music/edit/course.js';
import type { GeneratedNote } from '../model/generated.js';
import { clearKey } from '../music/theory/key-estimate.js';
import { byOnset, type Note } from '../music/note.js';
import { openingLength } from '../model/opening.js';
import { monophonic } from '../music/edit/overlap.js';
import type { KeyboardPiece } from '../music/keyboard.js';
import { placeAfter } from './placement.js';
import { gridStepBeats, lengthFit, quantise, type Grid } from '../music/edit/quantise.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import { onTicks, ticksPerSecond } from '../music/ticks.js';

/**
 * A whole piece, and the network's continuation. Nothing in the piece changes, not even by a tick: the
 * request applies only to the new notes. They begin after the piece's last onset (a single voice: after its
 * last end), all delayed by the same amount if necessary, and none strikes a key that the piece still holds
 * down.
 */
export function continueMusic(
  { quantise: grid, voices, key: wanted, text }: CompositionRequest,
  piece: Opening,
  generated: readonly GeneratedNote[],
): KeyboardPiece {
  const { notes: given, tempoBpm } = piece;
  const lastOnset = given.at(-1)!.onsetSeconds;
  const inOrder = placeAfter(lastOnset, generated, given.slice(-openingLength));
  const placed = text?.course === undefined ? inOrder : withCourse(inOrder, text.course);
  const onGrid = quantise(placed, grid, tempoBpm);
  const voiced = voices === 'mono' ? monophonic(onGrid, lengthFit(grid, tempoBpm)) : onGrid;
  const heldUntil = endsByPitch(given);
  const start =
    voices === 'mono' ? Math.max(...heldUntil.values()) : lastOnset + 1 / ticksPerSecond(tempoBpm);
  const fresh = notBefore(start, voiced, grid, tempoBpm).filter(
    ({ pitch, onsetSeconds }) => onsetSeconds >= (heldUntil.get(pitch) ?? 0),
  );
  const notes = [...given.map((note) => ({ ...note, isGiven: true })), ...fresh.toSorted(byOnset)];
  const key = wanted ?? clearKey(notes);
  return {
    title: piece.title,
    ...(piece.namedAfter === true && { namedAfter: true }),
    notes,
    tempoBpm,
    timeSignature: piece.timeSignature,
    key,
    hasBars: grid !== 'none',
  };
}

/** For each pitch, when it last ends, in seconds. */
function endsByPitch(notes: readonly Note[]): Map<number, number> {
  const ends = new Map<number, number>();
  for (const { pitch, onsetSeconds, durationSeconds } of notes) {
    ends.set(pitch, Math.max(ends.get(pitch) ?? 0, onsetSeconds + durationSeconds));
  }
  return ends;
}

/** Delays all notes, by whole steps of a grid, if the first would begin too early. */
function notBefore(startSeconds: number, notes: readonly Note[], grid: Grid, tempoBpm: number): Note[] {
  const gapSeconds = startSeconds - (notes[0]?.onsetSeconds ?? startSeconds);
  const stepSeconds = grid === 'none' ? gapSeconds : gridStepBeats(grid) * (60 / tempoBpm);
  const delaySeconds = gapSeconds > 0 ? Math.ceil(gapSeconds / stepSeconds) * stepSeconds : 0;
  const moved = notes.map((note) => ({ ...note, onsetSeconds: note.onsetSeconds + delaySeconds }));
  return onTicks(moved, tempoBpm);
}
