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
  /** At the first note; above 300 it is halved and below 20 doubled until it is within that range. */
  readonly tempoBpm: number;
  /** Time signature of the first full bar. */
  readonly timeSignature: TimeSignature;
  /** Key at the first note, if the piece states one. */
  readonly key?: Key;
  /** Time at which the last note is released. */
  readonly durationSeconds: number;
}

/** A piece in the form that networks read. */
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

/** Halving and doubling preserve all lines of the beat's grid. */
function plausible(tempoBpm: number): number {
  if (tempoBpm > 300) return plausible(tempoBpm / 2);
  return tempoBpm < 20 ? plausible(tempoBpm * 2) : tempoBpm;
}

const beginningBars = 8;
const beginningSeconds = 15;
const beginningNotes = 512;

/**
 * The beginning of a piece, long enough to continue in its style: the first eight bars, but at least 15 s and
 * at most 512 notes. Idempotent.
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
  /** In onset order. */
  readonly notes: readonly (Note & { readonly isGiven?: boolean })[];
  /** Quarter notes per minute, above 3.58, the minimum in a MIDI file. */
  readonly tempoBpm: number;
  readonly timeSignature: TimeSignature;
  readonly key?: Key | undefined;
  readonly hasBars: boolean;
  /** Name of the only track; defaults to the piece's title. */
  readonly name?: string;
}

/** Rounds both ends of every note to ticks, at a constant tempo. A note lasts at least one tick. */
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
