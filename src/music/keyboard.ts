import { barTicks, type TimeSignature } from './meter.js';
import { endOf, type Note } from './note.js';
import { heardNotes, settingsAtStart, type Piece } from './piece.js';
import { fixedTempo } from './tempo-map.js';
import type { Key } from './theory/key.js';
import { ticksPerQuarter, tickSpan } from './ticks.js';
import type { Title } from './title.js';

/** A piece as played on one keyboard: all its notes except drums. */
export interface KeyboardMusic {
  /** In onset order, the first at 0 s. */
  readonly notes: readonly Note[];
  /** At the first note; above 300 counted in halves and below 20 doubled, until it is within. */
  readonly tempoBpm: number;
  /** Of the first full bar. */
  readonly timeSignature: TimeSignature;
  /** At the first note, where the piece says one. */
  readonly key?: Key;
  /** Until the last note is released. */
  readonly durationSeconds: number;
}

/** What the networks hear of a piece. */
export function keyboardOf(piece: Piece): KeyboardMusic {
  const heard = heardNotes(piece);
  const startSeconds = heard[0]?.onsetSeconds ?? 0;
  const notes = heard.map(({ pitch, velocity, onsetSeconds, durationSeconds }) => ({
    pitch,
    onsetSeconds: onsetSeconds - startSeconds,
    durationSeconds,
    velocity,
  }));
  const { tempoBpm, ...settings } = settingsAtStart(piece);
  return { ...settings, notes, tempoBpm: plausible(tempoBpm), durationSeconds: endOf(notes) };
}

/** Halving and doubling keep every line of the beat's grid. */
function plausible(tempoBpm: number): number {
  if (tempoBpm > 300) return plausible(tempoBpm / 2);
  return tempoBpm < 20 ? plausible(tempoBpm * 2) : tempoBpm;
}

const beginningBars = 8;
const beginningSeconds = 15;
const beginningNotes = 512;

/**
 * The notes that a piece begins with, as much as needed to continue in its style: the first eight bars, but
 * at least 15 s, at most 512 notes. Applying it again changes nothing.
 */
export function beginning({
  notes,
  tempoBpm,
  timeSignature,
}: Pick<KeyboardMusic, 'notes' | 'tempoBpm' | 'timeSignature'>): Note[] {
  const barSeconds = barTicks(timeSignature, 1) * (60 / tempoBpm);
  const untilSeconds = Math.max(beginningBars * barSeconds, beginningSeconds);
  return notes.filter(({ onsetSeconds }) => onsetSeconds < untilSeconds).slice(0, beginningNotes);
}

/** A piece for one keyboard, in seconds. */
export interface KeyboardPiece extends Title {
  /** In the order in which they are to be struck, which is onset order. */
  readonly notes: readonly (Note & { readonly isGiven?: boolean })[];
  /** Quarter notes a minute, above 3.58, the slowest that a MIDI file states. */
  readonly tempoBpm: number;
  readonly timeSignature: TimeSignature;
  readonly key?: Key | undefined;
  readonly hasBars: boolean;
  /** Of the only track; the piece's title names it if there is none. */
  readonly name?: string;
}

/** Puts both ends of every note on the nearest tick of one tempo. A note lasts at least one tick. */
export function keyboardPiece(music: KeyboardPiece): Piece {
  const { title, namedAfter, notes, tempoBpm, timeSignature, key, hasBars, name = '' } = music;
  return {
    title,
    ...(namedAfter === true && { namedAfter }),
    ticksPerQuarter,
    tempos: fixedTempo(tempoBpm),
    meters: [{ tick: 0, ...timeSignature }],
    keys: key === undefined ? [] : [{ tick: 0, key }],
    hasBars,
    tracks: [
      {
        name,
        program: 0,
        isDrums: false,
        notes: notes.map((note) => {
          const { start, end } = tickSpan(note, tempoBpm);
          const { pitch, velocity, isGiven } = note;
          const placed = { pitch, velocity, startTick: start, lengthTicks: end - start };
          return isGiven === true ? { ...placed, given: true } : placed;
        }),
      },
    ],
  };
}
