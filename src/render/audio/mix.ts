import { writeMidi } from '../../music/midi/write.js';
import { endSeconds, isPianoAlone, type Piece } from '../../music/piece.js';
import { isMuted, type Track } from '../../music/track.js';
import { nearestProgram, type Instruments } from './instruments.js';
import { integratedLoudness, shortTermLoudness } from './loudness.js';
import { partLoudnesses, type PartLoudness } from './part-loudness.js';

/** Mixer settings of a track: each 0–127, as in MIDI; 64 is the centre. */
export interface Channel {
  readonly volume: number;
  readonly pan: number;
  readonly reverb: number;
}

/** A piece as a MIDI file only for rendering, with its sounds. */
export interface Performance {
  readonly midi: Uint8Array;
  readonly instruments: Instruments;
}

/** Level of each other part below the melody, in dB of short-term loudness, while both sound. */
const below = { 'counter-melody': 5, harmony: 8, bass: 6, drums: 5 } as const;
/** Minimum distance of other parts at any time: 3 dB plus the prediction error. */
const nearest = 5;
/** Maximum distance over the whole piece: 18 dB minus the prediction error. */
const farthest = 16;
/** Maximum effect of a track's volume in the file, in dB. */
const mostFromFile = 4;
/** General MIDI's initial volume. */
const usualVolume = 100;
const loudestVolume = 127;
const middle = 64;

/** Pan of families of eight programs, relative to the centre, and their reverb send. */
const families: readonly { readonly place: number; readonly reverb: number }[] = [
  { place: -14, reverb: 36 }, // pianos
  { place: 20, reverb: 40 }, // mallets
  { place: 12, reverb: 40 }, // organs
  { place: 26, reverb: 36 }, // guitars
  { place: 0, reverb: 0 }, // basses
  { place: -22, reverb: 44 }, // strings
  { place: -28, reverb: 50 }, // many strings, voices
  { place: 18, reverb: 44 }, // brass
  { place: -10, reverb: 44 }, // reeds
  { place: 10, reverb: 44 }, // flutes
  { place: 8, reverb: 36 }, // leads
  { place: 28, reverb: 50 }, // pads
  { place: -26, reverb: 50 },
  { place: -18, reverb: 40 },
  { place: 22, reverb: 40 },
  { place: 0, reverb: 40 },
];
const drumsReverb = 30;
const melodyReverb = 40;
/** Distance between two parts of one family, in steps of pan. */
const apart = 12;
const mostPan = 30;

/**
 * The performance of a piece: every part with its own level and pan, and with the nearest available
 * instrument. A piano solo is unchanged.
 * @param midi the piece's own file
 * @param owned programs of the operator's SoundFont, which play themselves; −1 stands for drums
 */
export function performanceOf(piece: Piece, midi: Uint8Array, owned?: ReadonlySet<number>): Performance {
  const programOf = ({ program }: Track): number =>
    owned?.has(program) === true ? program : nearestProgram(program);
  const shipped = piece.tracks.filter(({ isDrums, program }) => owned?.has(isDrums ? -1 : program) !== true);
  const instruments = {
    programs: shipped.filter(({ isDrums }) => !isDrums).map(programOf),
    hasDrums: shipped.some(({ isDrums }) => isDrums),
  };
  if (isPianoAlone(piece)) return { midi, instruments };
  const channels = mix(piece);
  const tracks = piece.tracks.map((track, i) => ({
    ...track,
    ...{ program: track.isDrums ? 0 : programOf(track), volume: channels[i]!.volume, pan: channels[i]!.pan },
  }));
  return { midi: writeMidi({ ...piece, tracks }, [], channels), instruments };
}

/**
 * Levels and pans of a piece's tracks. The melody is in front: where it sounds, it is at least 3 dB louder
 * than any other pitched part, by predicted short-term loudness; and no part is more than 18 dB below it. A
 * track that is muted in the file (volume 0) stays muted, unless all are, and does not affect the others.
 */
export function mix(piece: Piece): readonly Channel[] {
  const { tracks } = piece;
  const parts = partLoudnesses(piece, endSeconds(piece));
  const lead = melodyOf(tracks, parts);
  const gains = tracks.map((track, i) =>
    i === lead || lead < 0 ? 0 : gainBeside(parts[lead]!, parts[i]!, distanceOf(track), track.isDrums),
  );
  const highest = Math.max(...gains);
  const places = placesOf(tracks, lead);
  const areAllMuted = tracks.every(isMuted);
  return tracks.map((track, i) => {
    const { isDrums, program, pan } = track;
    // MIDI's volume has 40 dB per decade.
    const volume = Math.max(1, Math.round(loudestVolume * 10 ** ((gains[i]! - highest) / 40)));
    return {
      volume: isMuted(track) && !areAllMuted ? 0 : volume,
      pan: pan ?? middle + places[i]!,
      reverb: isDrums ? drumsReverb : i === lead ? melodyReverb : familyOf(program).reverb,
    };
  });
}

/**
 * The melody track: by its role or name, otherwise the one that sounds highest; −1 if there are only drums.
 */
export function melodyOf(tracks: readonly Track[], parts: readonly PartLoudness[]): number {
  const said = tracks.findIndex(({ role, isDrums }) => role === 'melody' && !isDrums);
  if (said >= 0) return said;
  const sounding = parts.map(({ held }) => held.reduce((sum, share) => sum + share, 0));
  const longest = tracks.reduce((most, { isDrums }, i) => (isDrums ? most : Math.max(most, sounding[i]!)), 0);
  const height = tracks.map(({ isDrums, notes, name }, i) => {
    if (isDrums || sounding[i]! < longest / 3) return -Infinity;
    const named = /melod|lead|vocal|voice|sing/i.test(name) ? 128 : 0;
    return named + notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length;
  });
  const highest = Math.max(...height);
  return highest === -Infinity ? -1 : height.indexOf(highest);
}

/** Target distance of a track below the melody, in dB: by its role, and to a small extent by its file. */
function distanceOf({ role, isDrums, program, volume }: Track): number {
  const said = role === undefined || role === 'melody' ? undefined : below[role];
  const isBass = program >= 32 && program < 40;
  const usual = said ?? (isDrums ? below.drums : isBass ? below.bass : below.harmony);
  const fromFile = 40 * Math.log10((volume || usualVolume) / usualVolume);
  return usual - Math.min(mostFromFile, Math.max(-mostFromFile, fromFile));
}

/** The gain, in dB, that puts a part at a distance below the melody. */
function gainBeside(melody: PartLoudness, part: PartLoudness, distance: number, isDrums: boolean): number {
  const whole = integratedLoudness(melody.energies) - integratedLoudness(part.energies);
  const lowest = whole - farthest;
  if (!Number.isFinite(whole)) return 0;
  if (isDrums) return Math.max(lowest, whole - distance);
  const differences = whereMelodySounds(melody, part).sort((a, b) => a - b);
  if (differences.length === 0) return Math.max(lowest, whole - distance);
  const usual = differences[Math.floor(differences.length / 2)]! - distance;
  return Math.min(Math.max(usual, lowest), differences[0]! - nearest);
}

/**
 * Difference in dB between the melody and a part, for all windows of three seconds in which the melody sounds
 * at least half of the time.
 */
function whereMelodySounds(melody: PartLoudness, part: PartLoudness): number[] {
  const differences: number[] = [];
  const of = [shortTermLoudness(melody.energies), shortTermLoudness(part.energies)] as const;
  const held = shortTermMeans(melody.held);
  for (let i = 0; i < held.length; i++) {
    const difference = of[0][i]! - of[1][i]!;
    if (held[i]! >= 0.5 && Number.isFinite(difference)) differences.push(difference);
  }
  return differences;
}

function shortTermMeans(values: ArrayLike<number>): number[] {
  const steps = Math.min(30, values.length);
  return Array.from({ length: values.length - steps + 1 }, (_, from) => {
    let sum = 0;
    for (let i = from; i < from + steps; i++) sum += values[i]!;
    return sum / steps;
  });
}

/**
 * Pan relative to the centre: melody, basses and drums in the centre, the others by family, no two at the
 * same position.
 */
function placesOf(tracks: readonly Track[], lead: number): readonly number[] {
  const taken: number[] = [];
  return tracks.map((track, i) => {
    if (i === lead || track.isDrums || track.role === 'bass') return 0;
    const { place } = familyOf(track.program);
    if (place === 0) return 0;
    const wishes = [place, -place, place - Math.sign(place) * apart, Math.sign(place) * apart - place];
    const free = wishes.find((wish) => taken.every((other) => Math.abs(other - wish) >= apart / 2)) ?? place;
    const within = Math.max(-mostPan, Math.min(mostPan, free));
    taken.push(within);
    return within;
  });
}

function familyOf(program: number): (typeof families)[number] {
  return families[Math.floor(program / 8)]!;
}
