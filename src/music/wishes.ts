import type { Key } from './key.js';
import { parseScale, parseTonic } from './scale.js';

/**
 * What music is to be like, for a network that can be told. Amounts go from 0, the least of real
 * music, to 1, the most; what is absent is free.
 */
export interface Character {
  readonly mode?: 'major' | 'minor';
  readonly tempo?: number;
  /** Notes a second. */
  readonly density?: number;
  readonly loudness?: number;
  /** How far loud and soft lie apart. */
  readonly dynamics?: number;
  readonly register?: number;
  /** Notes that sound together. */
  readonly polyphony?: number;
  /** 0 is short and detached, 1 long and bound. */
  readonly articulation?: number;
}

/** What each mood means. */
export const moods = {
  sad: { mode: 'minor', tempo: 0.1, density: 0.1, loudness: 0.1, register: 0.25 },
  calm: { mode: 'major', tempo: 0, density: 0, loudness: 0, dynamics: 0, articulation: 1 },
  tender: { mode: 'major', tempo: 0.2, density: 0.2, loudness: 0, articulation: 0.7 },
  dreamy: { mode: 'major', density: 0.3, loudness: 0.1, register: 0.75, polyphony: 0.8, articulation: 1 },
  mysterious: { mode: 'minor', tempo: 0.2, density: 0.1, loudness: 0, register: 0.1 },
  dark: { mode: 'minor', density: 0.4, loudness: 0.5, register: 0, polyphony: 0.7 },
  happy: { mode: 'major', tempo: 0.8, density: 0.6, loudness: 0.6, register: 0.7, articulation: 0.3 },
  playful: { mode: 'major', tempo: 0.9, density: 0.5, loudness: 0.4, register: 0.9, articulation: 0 },
  dramatic: { mode: 'minor', density: 0.8, loudness: 0.9, dynamics: 1, polyphony: 0.7 },
  angry: { mode: 'minor', tempo: 1, density: 1, loudness: 1, register: 0.2 },
  triumphant: { mode: 'major', density: 0.7, loudness: 1, polyphony: 1 },
  epic: { density: 0.8, loudness: 1, dynamics: 1, polyphony: 1 },
} as const satisfies Readonly<Record<string, Character>>;

export type Mood = keyof typeof moods;
export const moodNames = Object.keys(moods) as readonly Mood[];

/** Of notes in a second, and of notes at once. */
export const densities = ['sparse', 'light', 'medium', 'busy', 'dense'] as const;
export const polyphonies = ['thin', 'light', 'medium', 'rich', 'full'] as const;

export const eras = ['baroque', 'classical', 'romantic', 'modern'] as const;

/** By their last names, as the vocabulary of the training has them. */
export const composers = [
  ...['bach', 'handel', 'scarlatti', 'haydn', 'mozart', 'clementi', 'beethoven', 'schubert'],
  ...['mendelssohn', 'chopin', 'schumann', 'liszt', 'brahms', 'mussorgsky', 'tchaikovsky', 'grieg'],
  ...['franck', 'albéniz', 'debussy', 'janáček', 'scriabin', 'rachmaninoff', 'medtner', 'berg'],
] as readonly string[];

/** What somebody asks of the character of music, as they said it. */
export interface Wishes {
  readonly mood?: Mood;
  readonly density?: (typeof densities)[number];
  readonly polyphony?: (typeof polyphonies)[number];
  /** One of {@link composers}. */
  readonly composer?: string;
  readonly era?: (typeof eras)[number];
  /** In words of their own, read by {@link understand}. */
  readonly text?: string;
}

/** Words for a character, beside the moods. */
const adjectives: Readonly<Record<string, Character>> = {
  slow: { tempo: 0 },
  fast: { tempo: 1, density: 0.9 },
  soft: { loudness: 0 },
  loud: { loudness: 1 },
  low: { register: 0 },
  high: { register: 1 },
  sparse: { density: 0 },
  dense: { density: 1 },
  thin: { polyphony: 0 },
  rich: { polyphony: 1 },
  staccato: { articulation: 0 },
  legato: { articulation: 1 },
  expressive: { dynamics: 1 },
  even: { dynamics: 0 },
  major: { mode: 'major' },
  minor: { mode: 'minor' },
};

/** Other words for the same. */
const synonyms: Readonly<Record<string, string>> = {
  ...{ melancholic: 'sad', melancholy: 'sad', sorrowful: 'sad', mournful: 'sad', gloomy: 'dark' },
  ...{ peaceful: 'calm', relaxing: 'calm', relaxed: 'calm', gentle: 'tender', romantically: 'tender' },
  ...{ joyful: 'happy', cheerful: 'happy', merry: 'happy', funny: 'playful', furious: 'angry' },
  ...{ heroic: 'triumphant', victorious: 'triumphant', grand: 'epic', spooky: 'mysterious' },
  ...{ adagio: 'slow', lento: 'slow', largo: 'slow', slowly: 'slow', quick: 'fast', presto: 'fast' },
  ...{ allegro: 'fast', lively: 'fast', quiet: 'soft', forte: 'loud', powerful: 'loud' },
  ...{ deep: 'low', bright: 'high', busy: 'dense', full: 'rich', detached: 'staccato', flowing: 'legato' },
  ...{ albeniz: 'albéniz', janacek: 'janáček', rachmaninov: 'rachmaninoff', tschaikowsky: 'tchaikovsky' },
};

/** Words that say nothing about the music. */
const fillers = new Set(
  [
    'a',
    'an',
    'the',
    'in',
    'of',
    'and',
    'with',
    'by',
    'like',
    'for',
    'to',
    'on',
    'me',
    'my',
    'some',
    'please',
  ].concat([
    'very',
    'really',
    'style',
    'music',
    'piano',
    'piece',
    'song',
    'something',
    'era',
    'key',
    'but',
    'compose',
    'play',
  ]),
);

/** What was read out of a text. */
export interface Understanding {
  readonly character: Character;
  readonly key?: Key;
  readonly composer?: string;
  readonly era?: (typeof eras)[number];
  /** In the order of the text, in the words of the vocabulary. */
  readonly understood: readonly string[];
  /** Words that are neither understood nor empty, as they were written. */
  readonly ignored: readonly string[];
}

const keyInText =
  /\b([a-g])(?:\s?(#|♯|b(?=[\s-])|♭)|[\s-](sharp|flat))?[\s-]((?:natural|harmonic|melodic)[\s-]minor|(?:major|minor)[\s-]pentatonic|major|minor|dorian|phrygian|lydian|mixolydian|locrian|blues)\b/i;

/** Reads free text word by word: moods, adjectives, a key, composers and eras. A later word wins. */
export function understand(text: string): Understanding {
  const understood: string[] = [];
  const ignored: string[] = [];
  let mood: Character = {};
  let adjective: Character = {};
  let composer: string | undefined;
  let era: Understanding['era'];
  let key: Key | undefined;
  const rest = text.replace(keyInText, (_, letter: string, sign = '', word = '', scale: string) => {
    const accidental = { sharp: '#', flat: 'b' }[(word as string).toLowerCase()] ?? (sign as string);
    key = { tonic: parseTonic(letter + accidental), scale: parseScale(scale) };
    return ' ';
  });
  for (const [written] of rest.matchAll(/[\p{Letter}\p{Number}'’-]+/gu)) {
    const lower = written.toLowerCase();
    const word = synonyms[lower] ?? lower;
    if (fillers.has(lower)) continue;
    if (Object.hasOwn(moods, word)) mood = { ...mood, ...moods[word as Mood] };
    else if (Object.hasOwn(adjectives, word)) adjective = { ...adjective, ...adjectives[word] };
    else if (composers.includes(word)) composer = word;
    else if (eras.some((name) => name === word)) era = word as (typeof eras)[number];
    else {
      ignored.push(written);
      continue;
    }
    understood.push(word);
  }
  if (key !== undefined) understood.push(`${key.tonic} ${key.scale.replaceAll('-', ' ')}`);
  return {
    character: { ...mood, ...adjective },
    ...(key !== undefined && { key }),
    ...(composer !== undefined && { composer }),
    ...(era !== undefined && { era }),
    understood,
    ignored,
  };
}

/** Everything that wishes come to: what is named wins over what a text says, one thing over a mood. */
export function characterOf({
  mood,
  density,
  polyphony,
  composer,
  era,
  text = '',
}: Wishes): Character & Pick<Understanding, 'composer' | 'era'> {
  const read = understand(text);
  const [who = read.composer, when = read.era] = [composer, era];
  return {
    ...read.character,
    ...(mood !== undefined && moods[mood]),
    ...(density !== undefined && { density: share(densities, density) }),
    ...(polyphony !== undefined && { polyphony: share(polyphonies, polyphony) }),
    ...(who !== undefined && { composer: who }),
    ...(when !== undefined && { era: when }),
  };
}

function share<T>(names: readonly T[], name: T): number {
  return names.indexOf(name) / (names.length - 1);
}
