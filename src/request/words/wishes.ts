import { z } from 'zod';
import type { Fields } from '../fields.js';

/**
 * The requested character of music, for networks that support it. Amounts range from 0, the least in real
 * music, to 1, the most; absent ones are free.
 */
export interface Character {
  readonly mode?: 'major' | 'minor';
  readonly tempo?: number;
  /** Notes per second. */
  readonly density?: number;
  readonly loudness?: number;
  /** Difference between loud and soft. */
  readonly dynamics?: number;
  readonly register?: number;
  /** Number of simultaneous notes. */
  readonly polyphony?: number;
  /** 0 is staccato, 1 is legato. */
  readonly articulation?: number;
}

const amount = z.number().min(0).max(1).exactOptional();

export const characterFields = {
  mode: z.enum(['major', 'minor']).exactOptional(),
  tempo: amount,
  density: amount,
  loudness: amount,
  dynamics: amount,
  register: amount,
  polyphony: amount,
  articulation: amount,
} satisfies Fields<Character>;

/** The character of each mood. */
export const moods = {
  sad: { mode: 'minor', tempo: 0.1, density: 0.1, loudness: 0.1, register: 0.25 },
  calm: { mode: 'major', tempo: 0, density: 0, loudness: 0.1, dynamics: 0, articulation: 1 },
  tender: { mode: 'major', tempo: 0.2, density: 0.2, loudness: 0.1, articulation: 0.7 },
  dreamy: { mode: 'major', density: 0.3, loudness: 0.1, register: 0.75, polyphony: 0.8, articulation: 1 },
  mysterious: { mode: 'minor', tempo: 0.2, density: 0.1, loudness: 0.1, register: 0.1 },
  dark: { mode: 'minor', density: 0.4, loudness: 0.5, register: 0, polyphony: 0.7 },
  happy: { mode: 'major', tempo: 0.8, density: 0.6, loudness: 0.6, register: 0.7, articulation: 0.3 },
  playful: { mode: 'major', tempo: 0.9, density: 0.5, loudness: 0.4, register: 0.9, articulation: 0 },
  dramatic: { mode: 'minor', density: 0.8, loudness: 0.8, dynamics: 1, polyphony: 0.7 },
  angry: { mode: 'minor', tempo: 1, density: 1, loudness: 1, register: 0.2 },
  triumphant: { mode: 'major', density: 0.7, loudness: 0.8, polyphony: 1 },
  epic: { density: 0.8, loudness: 0.8, dynamics: 1, polyphony: 1 },
} as const satisfies Readonly<Record<string, Character>>;

export type Mood = keyof typeof moods;
export const moodNames = Object.keys(moods) as readonly Mood[];

/** Default length of a piece in each mood, in seconds; calm ones are longer. */
export const moodSeconds: Readonly<Record<Mood, number>> = {
  sad: 80,
  calm: 90,
  tender: 75,
  dreamy: 80,
  mysterious: 75,
  dark: 70,
  happy: 55,
  playful: 50,
  dramatic: 60,
  angry: 45,
  triumphant: 50,
  epic: 60,
};

/** Grades of notes per second, and of simultaneous notes. */
export const densities = ['sparse', 'light', 'medium', 'busy', 'dense'] as const;
export const polyphonies = ['thin', 'light', 'medium', 'rich', 'full'] as const;

export const eras = ['baroque', 'classical', 'romantic', 'modern'] as const;
export type Era = (typeof eras)[number];

/** Adjectives for a character, other than moods: `very` increases the effect, `a bit` reduces it. */
export const adjectives = {
  slow: { tempo: 0.15 },
  fast: { tempo: 0.85, density: 0.8 },
  soft: { loudness: 0.15 },
  loud: { loudness: 0.85 },
  low: { register: 0.15 },
  high: { register: 0.85 },
  sparse: { density: 0.15 },
  dense: { density: 0.85 },
  thin: { polyphony: 0.15 },
  rich: { polyphony: 0.85 },
  staccato: { articulation: 0.15 },
  legato: { articulation: 0.85 },
  expressive: { dynamics: 0.85 },
  even: { dynamics: 0.15 },
  major: { mode: 'major' },
  minor: { mode: 'minor' },
} as const satisfies Readonly<Record<string, Character>>;

export type Adjective = keyof typeof adjectives;
/** All words of the vocabulary except composers. */
export type Term = Mood | Adjective | Era;
