import { symbolOf } from '../music/theory/chord.js';
import { fixedTempo } from '../music/tempo-map.js';
import { ticksPerQuarter } from '../music/ticks.js';
import type { Piece } from '../music/piece.js';
import { barsOf, positionsPerQuarter, type SongNote, type SongPlan } from '../plan/song-plan.js';

const ticksPerPosition = ticksPerQuarter / positionsPerQuarter;

/**
 * A song as a piece: a track for each part of its plan, with its bars, chords and sections.
 * @param notes in any order
 * @param isGiven whether a note existed before anything was composed
 */
export function songPiece(
  plan: SongPlan,
  notes: readonly SongNote[],
  title: string,
  isGiven: (note: SongNote) => boolean = () => false,
): Piece {
  const bars = barsOf(plan);
  return {
    title,
    ticksPerQuarter,
    tempos: fixedTempo(plan.bpm),
    meters: plan.meters.map(({ bar, numerator, denominator }) => ({
      tick: bars[bar]!.start * ticksPerPosition,
      numerator,
      denominator,
    })),
    keys: [{ tick: 0, key: plan.key }],
    chords: plan.chords.map((chord) => ({
      tick: chord.onset * ticksPerPosition,
      chord: { root: chord.root, kind: chord.kind },
      symbol: symbolOf(chord),
    })),
    sections: plan.sections.map(({ bar, letter }) => ({
      tick: bars[bar]!.start * ticksPerPosition,
      name: letter,
    })),
    hasBars: true,
    tracks: plan.parts.map(({ name, program, role }, part) => ({
      name,
      program,
      isDrums: role === 'drums',
      role,
      notes: notes
        .filter((note) => note.part === part)
        .sort((a, b) => a.onset - b.onset || a.pitch - b.pitch)
        .map((note) => ({
          pitch: note.pitch,
          velocity: note.velocity,
          startTick: note.onset * ticksPerPosition,
          lengthTicks: note.duration * ticksPerPosition,
          ...(isGiven(note) && { given: true as const }),
        })),
    })),
  };
}
