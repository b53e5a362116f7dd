import type { Role } from '../music/track.js';
import type { StyleName } from './styles.js';
import type { InstrumentClass, PlannedPart } from './song-plan.js';

type Kind = Pick<PlannedPart, 'instrument' | 'program' | 'name' | 'range' | 'isMonophonic'>;

function many(instrument: InstrumentClass, program: number, name: string, low: number, high: number): Kind {
  return { instrument, program, name, range: [low, high], isMonophonic: false };
}

function one(...facts: Parameters<typeof many>): Kind {
  return { ...many(...facts), isMonophonic: true };
}

/**
 * The instruments that can be requested, with their General MIDI programs and comfortable ranges, in MIDI
 * pitches.
 */
export const instruments = {
  piano: many('piano', 0, 'Piano', 33, 96),
  'electric-piano': many('piano', 4, 'Electric piano', 36, 91),
  harpsichord: many('piano', 6, 'Harpsichord', 36, 86),
  'music-box': many('chromatic-percussion', 10, 'Music box', 60, 96),
  vibraphone: many('chromatic-percussion', 11, 'Vibraphone', 53, 89),
  marimba: many('chromatic-percussion', 12, 'Marimba', 48, 91),
  glockenspiel: many('chromatic-percussion', 9, 'Glockenspiel', 67, 100),
  organ: many('organ', 19, 'Organ', 36, 86),
  hammond: many('organ', 16, 'Hammond organ', 36, 86),
  accordion: many('organ', 21, 'Accordion', 53, 88),
  harmonica: one('organ', 22, 'Harmonica', 60, 88),
  guitar: many('guitar', 24, 'Guitar', 40, 79),
  'steel-guitar': many('guitar', 25, 'Steel guitar', 40, 79),
  'jazz-guitar': many('guitar', 26, 'Jazz guitar', 40, 81),
  'electric-guitar': many('guitar', 27, 'Electric guitar', 40, 84),
  'rock-guitar': many('guitar', 29, 'Overdriven guitar', 40, 84),
  harp: many('guitar', 46, 'Harp', 36, 91),
  bass: one('bass', 33, 'Bass', 28, 55),
  'double-bass': one('bass', 32, 'Double bass', 28, 55),
  'synth-bass': one('bass', 38, 'Synth bass', 28, 55),
  violin: one('strings', 40, 'Violin', 55, 91),
  viola: one('strings', 41, 'Viola', 48, 79),
  cello: one('strings', 42, 'Cello', 36, 72),
  strings: many('ensemble', 48, 'Strings', 43, 86),
  choir: many('ensemble', 52, 'Choir', 43, 79),
  voice: one('ensemble', 53, 'Voice', 57, 79),
  trumpet: one('brass', 56, 'Trumpet', 55, 82),
  trombone: one('brass', 57, 'Trombone', 40, 70),
  horn: one('brass', 60, 'Horn', 43, 74),
  tuba: one('brass', 58, 'Tuba', 29, 55),
  brass: many('brass', 61, 'Brass', 48, 79),
  saxophone: one('reed', 65, 'Saxophone', 50, 80),
  clarinet: one('reed', 71, 'Clarinet', 50, 86),
  oboe: one('reed', 68, 'Oboe', 58, 86),
  bassoon: one('reed', 70, 'Bassoon', 34, 67),
  flute: one('pipe', 73, 'Flute', 60, 93),
  piccolo: one('pipe', 72, 'Piccolo', 74, 103),
  recorder: one('pipe', 74, 'Recorder', 60, 86),
  lead: one('lead', 80, 'Square lead', 48, 91),
  pad: many('pad', 89, 'Pad', 43, 79),
  drums: many('drums', 0, 'Drums', 27, 87),
} as const satisfies Readonly<Record<string, Kind>>;

export type InstrumentName = keyof typeof instruments;
export const instrumentNames = Object.keys(instruments) as readonly InstrumentName[];

/** What can be left out: a role or an instrument; bass and drums are both. */
export const leftOutNames = ['melody', 'counter-melody', 'harmony', ...instrumentNames] as const;
export type LeftOut = (typeof leftOutNames)[number];

/** A part of an ensemble. */
export interface Seat {
  readonly instrument: InstrumentName;
  readonly role: Role;
  /** If it differs from the instrument's name: `Violin II`. */
  readonly name?: string;
  readonly range?: readonly [low: number, high: number];
}

type SeatFacts = readonly [InstrumentName, Role, (string | undefined)?, (readonly [number, number])?];

function seats(listed: readonly SeatFacts[]): readonly Seat[] {
  return listed.map(([instrument, role, name, range]) => ({
    instrument,
    role,
    ...(name !== undefined && { name }),
    ...(range !== undefined && { range }),
  }));
}

/** An ensemble and its default style. */
interface Ensemble {
  readonly style: StyleName;
  readonly seats: readonly Seat[];
}

function inStyle(style: StyleName, ...listed: readonly SeatFacts[]): Ensemble {
  return { style, seats: seats(listed) };
}

/** Ensembles that can be requested; each style has a default one. */
export const ensembles = {
  'string-quartet': inStyle(
    'chamber',
    ['violin', 'melody', 'Violin I'],
    ['violin', 'counter-melody', 'Violin II', [55, 86]],
    ['viola', 'harmony'],
    ['cello', 'bass'],
  ),
  'piano-trio': inStyle('chamber', ['violin', 'melody'], ['piano', 'harmony'], ['cello', 'bass']),
  'wind-quintet': inStyle(
    'chamber',
    ['flute', 'melody'],
    ['oboe', 'counter-melody'],
    ['clarinet', 'harmony', undefined, [50, 76]],
    ['horn', 'harmony', undefined, [48, 70]],
    ['bassoon', 'bass'],
  ),
  'brass-quintet': inStyle(
    'chamber',
    ['trumpet', 'melody', 'Trumpet I'],
    ['trumpet', 'counter-melody', 'Trumpet II', [55, 79]],
    ['trombone', 'harmony', undefined, [45, 69]],
    ['tuba', 'bass'],
  ),
  'choir-satb': inStyle(
    'chorale',
    ['choir', 'melody', 'Soprano', [60, 79]],
    ['choir', 'counter-melody', 'Alto', [55, 74]],
    ['choir', 'harmony', 'Tenor', [48, 69]],
    ['choir', 'bass', 'Bass', [40, 62]],
  ),
  'chamber-orchestra': inStyle(
    'chamber',
    ['violin', 'melody', 'Violins'],
    ['flute', 'counter-melody'],
    ['strings', 'harmony'],
    ['horn', 'harmony', undefined, [48, 70]],
    ['cello', 'bass', 'Cellos'],
  ),
  'jazz-trio': inStyle(
    'swing',
    ['piano', 'melody', undefined, [60, 91]],
    ['piano', 'harmony', 'Piano (left hand)', [45, 67]],
    ['double-bass', 'bass'],
    ['drums', 'drums'],
  ),
  'jazz-quartet': inStyle(
    'swing',
    ['saxophone', 'melody'],
    ['piano', 'harmony', undefined, [45, 76]],
    ['double-bass', 'bass'],
    ['drums', 'drums'],
  ),
  'rock-band': inStyle(
    'rock',
    ['lead', 'melody', 'Lead'],
    ['rock-guitar', 'harmony', undefined, [40, 67]],
    ['hammond', 'harmony', undefined, [48, 74]],
    ['bass', 'bass'],
    ['drums', 'drums'],
  ),
  'pop-band': inStyle(
    'pop',
    ['voice', 'melody'],
    ['strings', 'counter-melody', undefined, [55, 84]],
    ['piano', 'harmony', undefined, [45, 76]],
    ['bass', 'bass'],
    ['drums', 'drums'],
  ),
  'funk-band': inStyle(
    'funk',
    ['saxophone', 'melody'],
    ['brass', 'counter-melody'],
    ['electric-guitar', 'harmony', undefined, [50, 76]],
    ['bass', 'bass'],
    ['drums', 'drums'],
  ),
  'latin-band': inStyle(
    'bossa',
    ['flute', 'melody'],
    ['guitar', 'harmony', undefined, [45, 72]],
    ['double-bass', 'bass'],
    ['drums', 'drums'],
  ),
  'folk-band': inStyle(
    'folk',
    ['recorder', 'melody'],
    ['violin', 'counter-melody', 'Fiddle', [55, 84]],
    ['steel-guitar', 'harmony', undefined, [45, 72]],
    ['double-bass', 'bass'],
  ),
  'synth-band': inStyle(
    'pop',
    ['lead', 'melody', 'Lead'],
    ['pad', 'harmony'],
    ['electric-piano', 'harmony', undefined, [48, 76]],
    ['synth-bass', 'bass'],
    ['drums', 'drums'],
  ),
  chiptune: inStyle(
    '8-bit',
    ['lead', 'melody', 'Square lead'],
    ['lead', 'harmony', 'Square arpeggio', [60, 84]],
    ['synth-bass', 'bass', 'Triangle bass'],
    ['drums', 'drums', 'Noise drums'],
  ),
  'salon-orchestra': inStyle(
    'waltz',
    ['violin', 'melody'],
    ['clarinet', 'counter-melody'],
    ['piano', 'harmony', undefined, [48, 74]],
    ['double-bass', 'bass'],
  ),
  'tango-quartet': inStyle(
    'tango',
    ['accordion', 'melody', 'Bandoneon', [57, 84]],
    ['violin', 'counter-melody'],
    ['piano', 'harmony', undefined, [45, 72]],
    ['double-bass', 'bass'],
  ),
  'marching-band': inStyle(
    'march',
    ['trumpet', 'melody'],
    ['piccolo', 'counter-melody', undefined, [74, 98]],
    ['clarinet', 'harmony', undefined, [50, 76]],
    ['brass', 'harmony', 'Horns', [48, 72]],
    ['tuba', 'bass'],
    ['drums', 'drums'],
  ),
  'flute-and-harp': inStyle('chamber', ['flute', 'melody'], ['harp', 'harmony']),
} as const satisfies Readonly<Record<string, Ensemble>>;

export type EnsembleName = keyof typeof ensembles;
export const ensembleNames = Object.keys(ensembles) as readonly EnsembleName[];

/**
 * Roles for instruments that a person named: the first has the melody, the lowest is the bass if there are
 * three or more or if it is a bass instrument, and with four or more the second has the counter-melody.
 */
export function seatsFor(names: readonly InstrumentName[]): readonly Seat[] {
  const pitched = names.filter((name) => name !== 'drums');
  const isBass = (name: InstrumentName): boolean =>
    instruments[name].instrument === 'bass' || name === 'tuba' || name === 'bassoon' || name === 'cello';
  const [first, ...others] = pitched.toSorted((a, b) => Number(isBass(a)) - Number(isBass(b)));
  if (first === undefined) return [{ instrument: 'drums', role: 'drums' }];
  const low = others.at(-1);
  const bass = low !== undefined && isBass(low) ? low : undefined;
  const between = bass === undefined ? others : others.slice(0, -1);
  const roles = between.map((name, i): Seat => ({
    instrument: name,
    role: i === 0 && between.length > 1 && instruments[name].isMonophonic ? 'counter-melody' : 'harmony',
  }));
  return [
    { instrument: first, role: 'melody' },
    ...roles,
    ...(bass === undefined ? [] : [{ instrument: bass, role: 'bass' } as const]),
    ...(names.includes('drums') ? [{ instrument: 'drums', role: 'drums' } as const] : []),
  ];
}
