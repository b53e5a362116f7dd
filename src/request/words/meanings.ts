import type { Course } from '../../music/edit/course.js';
import type { TimeSignature } from '../../music/meter.js';
import type { RawOptions } from '../options.js';
import { composers } from './composer-names.js';
import { adjectives, eras, moods, type Character } from './wishes.js';

/** The meaning of a word or phrase for the music. */
export interface Meaning {
  readonly character?: Character;
  /** The meaning of its negation; by default, the moderate opposite of the amounts. */
  readonly not?: Character;
  readonly composer?: string;
  readonly era?: (typeof eras)[number];
  readonly meter?: TimeSignature;
  /** Beats per minute. */
  readonly bpm?: number;
  readonly course?: Course;
  /** Options that it implies. Options that a person sets take precedence. */
  readonly options?: RawOptions;
  /** Set if no network was trained on it: the reply says so, and the nearest concept is used instead. */
  readonly nearest?: readonly Concept[];
}

const named = <Names extends string>(
  names: readonly Names[],
  meaning: (name: Names) => Meaning,
): Record<Names, Meaning> =>
  Object.fromEntries(names.map((name) => [name, meaning(name)])) as Record<Names, Meaning>;

function characters<Names extends string>(table: Readonly<Record<Names, Character>>): Record<Names, Meaning> {
  return named(Object.keys(table) as Names[], (name) => ({ character: table[name] }));
}

const [two, three, four, six] = [
  { numerator: 2, denominator: 4 },
  { numerator: 3, denominator: 4 },
  { numerator: 4, denominator: 4 },
  { numerator: 6, denominator: 8 },
] as const;

/** What music is for, or where it is heard: the weakest group, since all others say more about the sound. */
const scenes = characters({
  studying: { tempo: 0.3, density: 0.3, loudness: 0.15, dynamics: 0 },
  working: { tempo: 0.45, density: 0.4, loudness: 0.25, dynamics: 0 },
  reading: { tempo: 0.2, density: 0.2, loudness: 0.1, dynamics: 0 },
  sleeping: { tempo: 0, density: 0.05, loudness: 0, dynamics: 0, articulation: 1 },
  meditation: { tempo: 0, density: 0, loudness: 0.05, articulation: 1 },
  workout: { tempo: 0.9, density: 0.8, loudness: 0.85 },
  running: { tempo: 0.85, density: 0.7, loudness: 0.7, dynamics: 0 },
  dancing: { tempo: 0.8, density: 0.6, loudness: 0.7, articulation: 0.2 },
  party: { mode: 'major', tempo: 0.85, density: 0.7, loudness: 0.8 },
  dinner: { tempo: 0.35, density: 0.35, loudness: 0.2 },
  café: { mode: 'major', tempo: 0.4, density: 0.4, loudness: 0.25 },
  waiting: { mode: 'major', tempo: 0.4, density: 0.4, loudness: 0.2, dynamics: 0 },
  driving: { tempo: 0.65, density: 0.6, loudness: 0.5 },
  cooking: { mode: 'major', tempo: 0.6, density: 0.5, loudness: 0.4 },
  wedding: { mode: 'major', tempo: 0.35, loudness: 0.5, polyphony: 0.7, articulation: 0.8 },
  funeral: { mode: 'minor', tempo: 0.05, density: 0.1, loudness: 0.3, register: 0.1 },
  birthday: { mode: 'major', tempo: 0.7, loudness: 0.65, register: 0.7 },
  christmas: { mode: 'major', tempo: 0.35, loudness: 0.3, register: 0.75, polyphony: 0.7 },
  halloween: { mode: 'minor', tempo: 0.5, loudness: 0.4, register: 0.1, articulation: 0.1 },
  battle: { mode: 'minor', tempo: 0.9, density: 0.8, loudness: 0.85, dynamics: 0.7 },
  'boss battle': { mode: 'minor', tempo: 0.9, density: 0.95, loudness: 1, dynamics: 1, polyphony: 0.7 },
  chase: { mode: 'minor', tempo: 1, density: 0.95, loudness: 0.7, articulation: 0.1 },
  adventure: { mode: 'major', tempo: 0.7, density: 0.6, loudness: 0.7, dynamics: 0.7 },
  exploration: { tempo: 0.35, density: 0.3, loudness: 0.3, register: 0.6 },
  victory: { mode: 'major', tempo: 0.75, loudness: 0.95, polyphony: 0.9 },
  defeat: { mode: 'minor', tempo: 0.1, density: 0.2, loudness: 0.4, register: 0.15 },
  menu: { mode: 'major', tempo: 0.4, density: 0.35, loudness: 0.35, dynamics: 0 },
  village: { mode: 'major', tempo: 0.5, density: 0.4, loudness: 0.35, register: 0.6 },
  dungeon: { mode: 'minor', tempo: 0.15, density: 0.2, loudness: 0.25, register: 0 },
  castle: { tempo: 0.35, loudness: 0.7, polyphony: 0.85 },
  forest: { mode: 'major', tempo: 0.3, density: 0.4, loudness: 0.2, articulation: 0.8 },
  sea: { tempo: 0.35, density: 0.6, loudness: 0.35, dynamics: 0.8, articulation: 1 },
  underwater: { tempo: 0.2, density: 0.4, loudness: 0.1, articulation: 1 },
  desert: { mode: 'minor', tempo: 0.2, density: 0.1, loudness: 0.3, polyphony: 0 },
  mountains: { mode: 'major', tempo: 0.25, loudness: 0.6, polyphony: 0.7, register: 0.6 },
  space: { tempo: 0.05, density: 0.1, loudness: 0.15, register: 0.8, articulation: 1 },
  snow: { tempo: 0.2, density: 0.2, loudness: 0.1, register: 0.85 },
  rain: { mode: 'minor', tempo: 0.25, density: 0.3, loudness: 0.15, dynamics: 0 },
  storm: { mode: 'minor', tempo: 0.9, density: 1, loudness: 0.95, dynamics: 1, register: 0.2 },
  fire: { tempo: 0.75, density: 0.8, loudness: 0.7, dynamics: 0.9 },
  night: { tempo: 0.15, density: 0.25, loudness: 0.1, register: 0.35, articulation: 0.9 },
  morning: { mode: 'major', tempo: 0.35, density: 0.35, loudness: 0.25, register: 0.7 },
  evening: { tempo: 0.2, density: 0.3, loudness: 0.2, articulation: 0.9 },
  spring: { mode: 'major', tempo: 0.65, density: 0.5, loudness: 0.4, register: 0.8 },
  summer: { mode: 'major', tempo: 0.6, density: 0.5, loudness: 0.5, register: 0.65 },
  autumn: { mode: 'minor', tempo: 0.25, density: 0.3, loudness: 0.25, articulation: 0.8 },
  winter: { tempo: 0.2, density: 0.2, loudness: 0.2, register: 0.75 },
  love: { mode: 'major', tempo: 0.25, loudness: 0.3, dynamics: 0.8, articulation: 0.9 },
  farewell: { mode: 'minor', tempo: 0.15, density: 0.2, loudness: 0.3, articulation: 0.9 },
  'horror film': { mode: 'minor', tempo: 0.2, density: 0.2, loudness: 0.4, register: 0, dynamics: 1 },
  comedy: { mode: 'major', tempo: 0.8, density: 0.5, loudness: 0.5, articulation: 0 },
  detective: { mode: 'minor', tempo: 0.3, density: 0.25, loudness: 0.25, register: 0.2, articulation: 0.2 },
  'fairy tale': { mode: 'major', tempo: 0.4, loudness: 0.25, register: 0.8, polyphony: 0.6 },
  children: { mode: 'major', tempo: 0.6, density: 0.3, loudness: 0.35, register: 0.75, polyphony: 0.1 },
  credits: { mode: 'major', tempo: 0.35, loudness: 0.55, polyphony: 0.8, articulation: 0.8 },
  'film music': { dynamics: 0.8, polyphony: 0.65, articulation: 0.8 },
  medieval: { tempo: 0.45, density: 0.3, loudness: 0.4, polyphony: 0.1 },
});

/** Feelings other than moods, which are an option. */
const feelings = {
  ...characters({
    lonely: { mode: 'minor', tempo: 0.1, density: 0.05, loudness: 0.15, polyphony: 0.1 },
    nostalgic: { tempo: 0.25, density: 0.3, loudness: 0.25, articulation: 0.85 },
    bittersweet: { mode: 'minor', tempo: 0.3, density: 0.3, loudness: 0.3, register: 0.65 },
    hopeful: { mode: 'major', tempo: 0.45, loudness: 0.4, register: 0.7 },
    passionate: { density: 0.75, loudness: 0.8, dynamics: 1 },
    tense: { mode: 'minor', density: 0.7, loudness: 0.5, dynamics: 0.9, articulation: 0.2 },
    scary: { mode: 'minor', tempo: 0.25, density: 0.25, loudness: 0.45, register: 0, dynamics: 1 },
    energetic: { tempo: 0.85, density: 0.8, loudness: 0.8 },
    majestic: { mode: 'major', tempo: 0.25, loudness: 0.85, polyphony: 0.9 },
    solemn: { tempo: 0.1, density: 0.15, loudness: 0.5, register: 0.25, polyphony: 0.75 },
    elegant: { mode: 'major', tempo: 0.5, density: 0.5, loudness: 0.3, articulation: 0.4 },
    cute: { mode: 'major', tempo: 0.6, loudness: 0.25, register: 0.9, articulation: 0.1 },
    magical: { mode: 'major', density: 0.5, loudness: 0.15, register: 0.9, articulation: 0.9 },
    desperate: { mode: 'minor', density: 0.75, loudness: 0.85, dynamics: 1 },
    cold: { mode: 'minor', density: 0.15, loudness: 0.2, register: 0.75 },
    warm: { mode: 'major', tempo: 0.35, loudness: 0.3, register: 0.35, polyphony: 0.75, articulation: 0.85 },
    restless: { tempo: 0.8, density: 0.8, dynamics: 0.7 },
    wild: { tempo: 0.95, density: 0.95, loudness: 0.9 },
    serious: { mode: 'minor', tempo: 0.3, loudness: 0.45, register: 0.25 },
    romance: { tempo: 0.25, loudness: 0.25, dynamics: 0.8, articulation: 0.9 },
    lazy: { tempo: 0.1, density: 0.2, loudness: 0.3 },
    heavy: { tempo: 0.2, loudness: 0.85, register: 0.1, polyphony: 0.9 },
    airy: { density: 0.3, loudness: 0.2, register: 0.8, polyphony: 0.2 },
  }),
} satisfies Record<string, Meaning>;

/** Words about a single property of the sound: stronger than any mood. */
const plain = {
  ...characters(adjectives),
  ...characters({
    moderate: { tempo: 0.5, density: 0.5 },
    'middle register': { register: 0.5 },
    virtuosic: { tempo: 0.95, density: 0.95 },
    simple: { density: 0.2, polyphony: 0.1 },
  }),
  major: { character: { mode: 'major' }, not: { mode: 'minor' } },
  minor: { character: { mode: 'minor' }, not: { mode: 'major' } },
  'one note at a time': { options: { voices: 'mono' } },
  short: { options: { length: '0:30' } },
  long: { options: { length: '3:00' } },
  'on the beat': { options: { quantise: 'straight' } },
  triplets: { options: { quantise: 'triplet' } },
  'gets faster': { course: { tempo: 'faster' } },
  'gets slower': { course: { tempo: 'slower' } },
  'gets louder': { course: { loudness: 'louder' } },
  'gets softer': { course: { loudness: 'softer' } },
} satisfies Record<string, Meaning>;

/** Kinds of pieces, and dances. */
const forms = {
  'in two': { meter: two },
  'in three': { meter: three },
  'in four': { meter: four },
  'in six-eight': { meter: six },
  waltz: { meter: three, character: { tempo: 0.6, articulation: 0.4 } },
  minuet: { meter: three, character: { tempo: 0.5, loudness: 0.35, articulation: 0.3 }, era: 'classical' },
  mazurka: { meter: three, character: { tempo: 0.6, dynamics: 0.7 }, composer: 'chopin' },
  polonaise: { meter: three, character: { tempo: 0.55, loudness: 0.8, polyphony: 0.8 }, composer: 'chopin' },
  sarabande: { meter: three, character: { tempo: 0.1, polyphony: 0.7 }, era: 'baroque' },
  gigue: { meter: six, character: { tempo: 0.9, articulation: 0.2 }, era: 'baroque' },
  siciliana: { meter: six, character: { tempo: 0.2, loudness: 0.25, articulation: 0.8 } },
  tarantella: { meter: six, character: { mode: 'minor', tempo: 1, density: 0.8, loudness: 0.7 } },
  barcarolle: { meter: six, character: { tempo: 0.3, loudness: 0.25, articulation: 0.9 } },
  march: { meter: four, character: { tempo: 0.6, loudness: 0.75, articulation: 0.1 } },
  polka: { meter: two, character: { mode: 'major', tempo: 0.85, articulation: 0.1 } },
  tango: { meter: two, character: { mode: 'minor', tempo: 0.5, dynamics: 0.8, articulation: 0.1 } },
  gavotte: { meter: four, character: { tempo: 0.55, articulation: 0.1 }, era: 'baroque' },
  nocturne: { character: { tempo: 0.15, density: 0.35, loudness: 0.15, dynamics: 0.7, articulation: 0.9 } },
  lullaby: { character: { mode: 'major', tempo: 0.05, density: 0.15, loudness: 0, articulation: 0.9 } },
  serenade: { character: { mode: 'major', tempo: 0.35, loudness: 0.25, articulation: 0.8 } },
  étude: { character: { tempo: 0.9, density: 0.95 } },
  toccata: { character: { tempo: 0.95, density: 0.9, loudness: 0.7, articulation: 0.1 }, era: 'baroque' },
  fugue: { character: { polyphony: 0.6, dynamics: 0 }, era: 'baroque' },
  sonata: { era: 'classical' },
  chorale: { meter: four, character: { tempo: 0.15, polyphony: 0.9, articulation: 0.9, density: 0.3 } },
  hymn: { character: { mode: 'major', tempo: 0.25, polyphony: 0.9, loudness: 0.6 } },
  rhapsody: { character: { density: 0.8, loudness: 0.75, dynamics: 1 }, composer: 'liszt' },
  requiem: { character: { mode: 'minor', tempo: 0.05, loudness: 0.4, polyphony: 0.8, register: 0.2 } },
  fanfare: { meter: four, character: { mode: 'major', loudness: 1, polyphony: 0.8, articulation: 0.1 } },
} satisfies Record<string, Meaning>;

/** Concepts that no network was trained on, with the nearest alternative. */
const untaught = {
  jazz: { nearest: ['expressive', 'rich'] },
  blues: { nearest: ['slow', 'expressive'], options: { scale: 'blues' } },
  swing: { nearest: ['happy', 'triplets'] },
  ragtime: { nearest: ['playful', 'on the beat'] },
  rock: { nearest: ['loud', 'fast'] },
  metal: { nearest: ['angry', 'dense'] },
  punk: { nearest: ['fast', 'loud', 'simple'] },
  pop: { nearest: ['happy', 'on the beat'] },
  'lo-fi': { nearest: ['calm', 'soft'] },
  'hip-hop': { nearest: ['low', 'even'] },
  trap: { nearest: ['dark', 'low'] },
  'r&b': { nearest: ['expressive', 'warm'] },
  soul: { nearest: ['expressive', 'warm'] },
  gospel: { nearest: ['majestic', 'rich'] },
  funk: { nearest: ['energetic', 'staccato'] },
  disco: { nearest: ['happy', 'fast', 'even'] },
  house: { nearest: ['energetic', 'even'] },
  techno: { nearest: ['fast', 'even', 'minor'] },
  EDM: { nearest: ['energetic', 'happy'] },
  trance: { nearest: ['dreamy', 'fast'] },
  dubstep: { nearest: ['heavy', 'low'] },
  synthwave: { nearest: ['nostalgic', 'even'] },
  ambient: { nearest: ['calm', 'sparse'] },
  'new age': { nearest: ['calm', 'dreamy'] },
  folk: { nearest: ['happy', 'simple'] },
  country: { nearest: ['happy', 'simple'] },
  reggae: { nearest: ['happy', 'lazy'] },
  latin: { nearest: ['energetic', 'staccato'] },
  salsa: { nearest: ['energetic', 'happy'] },
  samba: { nearest: ['energetic', 'happy'] },
  'bossa nova': { nearest: ['calm', 'warm'] },
  flamenco: { nearest: ['passionate', 'minor'] },
  celtic: { nearest: ['dancing', 'simple'] },
  'K-pop': { nearest: ['energetic', 'happy'] },
  anime: { nearest: ['hopeful', 'expressive'] },
  chiptune: { nearest: ['playful', 'on the beat'] },
} as const satisfies Record<string, { nearest: readonly string[]; options?: RawOptions }>;

/** Other instruments. */
const instruments = {
  ...named(
    [
      ...(['drums', 'guitar', 'bass guitar', 'violin', 'cello', 'strings', 'flute', 'clarinet'] as const),
      ...(['saxophone', 'trumpet', 'brass', 'organ', 'harp', 'harpsichord', 'choir', 'singing'] as const),
      ...(['orchestra', 'synthesizer', 'bells', 'accordion', 'marimba', 'bagpipes', 'band'] as const),
    ],
    (): Meaning => ({ nearest: [] }),
  ),
} satisfies Record<string, Meaning>;

/** All concepts and their meanings; each language has words for them. */
const table = {
  ...scenes,
  ...characters(moods),
  ...feelings,
  ...named(eras, (era) => ({ era })),
  ...forms,
  ...untaught,
  ...instruments,
  ...plain,
};

/** The English name of a concept in a text, other than composers. */
export type Concept = keyof typeof table;

const meanings: Readonly<Record<Concept, Meaning>> = {
  ...table,
  // "Not sad" only means major; "not calm" has no mode.
  sad: { character: moods.sad, not: { mode: 'major' } },
  happy: { character: moods.happy, not: { mode: 'minor' } },
  dark: { character: moods.dark, not: { mode: 'major', register: 0.6 } },
};

export const concepts = Object.keys(meanings) as readonly Concept[];
export const instrumentNames = Object.keys(instruments) as readonly Concept[];

/** The meaning of a concept or a composer. */
export function meaningOf(name: string): Meaning {
  if (composers.includes(name)) return { composer: name };
  return meanings[name as Concept];
}

/** From the weakest to the strongest. */
const groups: readonly object[] = [
  scenes,
  { ...untaught, ...instruments },
  { ...forms, ...named(eras, (era) => ({ era })) },
  { ...moods, ...feelings },
  plain,
];

/**
 * Precedence of words that set the same property: the higher rank wins, or the later of equal ones. Numbers
 * and names, which are not concepts, have the highest.
 */
export function rankOf(name: string): number {
  const rank = groups.findIndex((group) => Object.hasOwn(group, name));
  return rank < 0 ? groups.length : rank;
}
