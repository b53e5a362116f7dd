import { readFileSync } from 'node:fs';
import { secondsOf } from '../../music/tempo-map.js';
import type { Piece } from '../../music/piece.js';
import type { Track } from '../../music/track.js';
import { nearestProgram } from './instruments.js';

/** Loudness of an instrument at some pitches, measured by assets/soundfont/measure-levels.js. */
interface InstrumentLevels {
  readonly pitches: readonly number[];
  /** For each pitch, at velocity 80: the K-weighted mean square of the loudest 100 ms, in dB. */
  readonly levels: readonly number[];
  /** For each pitch: decay in dB per second. */
  readonly decay: readonly number[];
  /** For each pitch: seconds until it is within 3 dB of its level. */
  readonly attack: readonly number[];
}

const measuredVelocity = 80;

let measured: Readonly<Record<string, InstrumentLevels>> | undefined;

function levelsOf({ program, isDrums }: Track): InstrumentLevels {
  measured ??= JSON.parse(
    readFileSync(new URL('../../../assets/soundfont/levels.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, InstrumentLevels>>;
  return measured[isDrums ? 'drums' : nearestProgram(program)]!;
}

/** Step of the energies of a part, in seconds, as in `LoudnessMeter`. */
export const stepSeconds = 0.1;
/** How long a drum sounds, whatever the length of its note. */
const drumSeconds = 0.4;

/** The predicted sound of a part alone, at full volume and in the centre. */
export interface PartLoudness {
  /** K-weighted mean square of every 100 ms, as `LoudnessMeter` measures it. */
  readonly energies: Float64Array;
  /** For every 100 ms, the share during which a note is held. */
  readonly held: Float64Array;
}

/**
 * Predicts how loud each track of a piece is over time, from its notes and measurements of its instrument,
 * without rendering it: within about 2 dB of the measured loudness.
 */
export function partLoudnesses(piece: Piece, seconds: number): readonly PartLoudness[] {
  const secondsAt = secondsOf(piece);
  const steps = Math.max(1, Math.ceil(seconds / stepSeconds));
  return piece.tracks.map((track) => {
    const levels = levelsOf(track);
    const energies = new Float64Array(steps);
    const held = new Float64Array(steps);
    for (const { pitch, velocity, startTick, lengthTicks } of track.notes) {
      const start = secondsAt(startTick);
      const end = secondsAt(startTick + lengthTicks);
      const at = pitchPlace(levels.pitches, pitch);
      const level = between(levels.levels, at) + 40 * Math.log10(velocity / measuredVelocity);
      const decay = between(levels.decay, at);
      const attack = between(levels.attack, at);
      const until = track.isDrums ? Math.max(end, start + drumSeconds) : end;
      for (let step = Math.floor(start / stepSeconds); step < steps; step++) {
        const [from, to] = [step * stepSeconds, (step + 1) * stepSeconds];
        if (from >= until) break;
        const share = (Math.min(to, until) - Math.max(from, start)) / stepSeconds;
        // A level is that of the first step, and this is its middle.
        const since = Math.max(0, from - start);
        const rise = attack === 0 ? 1 : Math.min(1, ((since + stepSeconds / 2) / attack) ** 2);
        energies[step]! += share * rise * 10 ** ((level - decay * Math.max(0, since - attack)) / 10);
        if (from < end) held[step] = Math.min(1, held[step]! + share);
      }
    }
    return { energies, held };
  });
}

/** Position of a pitch between the measured ones, as a fractional index. */
function pitchPlace(pitches: readonly number[], pitch: number): number {
  const first = pitches[0]!;
  const step = pitches[1]! - first;
  return Math.min(pitches.length - 1, Math.max(0, (pitch - first) / step));
}

function between(values: readonly number[], at: number): number {
  const below = Math.floor(at);
  const low = values[below]!;
  return low + (at - below) * ((values[below + 1] ?? low) - low);
}
