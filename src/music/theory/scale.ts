import { Note, Scale } from 'tonal';
import { scaleNames, tonics, type Key, type KeyScale, type ScaleName, type Tonic } from './key.js';
import { UserError } from '../../errors/user-error.js';

/** tonal's name of each scale; its melodic minor is the ascending one. */
const tonalNames: Readonly<Record<ScaleName, string>> = {
  major: 'major',
  'natural-minor': 'minor',
  'harmonic-minor': 'harmonic minor',
  'melodic-minor': 'melodic minor',
  dorian: 'dorian',
  phrygian: 'phrygian',
  lydian: 'lydian',
  mixolydian: 'mixolydian',
  locrian: 'locrian',
  'major-pentatonic': 'major pentatonic',
  'minor-pentatonic': 'minor pentatonic',
  blues: 'blues',
  'whole-tone': 'whole tone',
  chromatic: 'chromatic',
};

const scaleAliases: ReadonlyMap<string, ScaleName> = new Map([
  ['ionian', 'major'],
  ['minor', 'natural-minor'],
  ['aeolian', 'natural-minor'],
  ['pentatonic', 'major-pentatonic'],
  ['minor-blues', 'blues'],
  ['wholetone', 'whole-tone'],
]);

/** The scales that make up minor. */
const minorScales = ['natural-minor', 'harmonic-minor', 'melodic-minor'] as const;

/** Which of the twelve semitones from the tonic up belong to each scale. */
const degreesOf = new Map<KeyScale, readonly boolean[]>();
for (const scale of [...scaleNames, 'minor'] as const) {
  const belongs = Array<boolean>(12).fill(false);
  for (const name of scale === 'minor' ? minorScales : [scale]) {
    const { chroma } = Scale.get(tonalNames[name]);
    for (let degree = 0; degree < 12; degree++) belongs[degree] ||= chroma[degree] === '1';
  }
  degreesOf.set(scale, belongs);
}

/** Which of the twelve pitch classes belong to a scale; index 0 is C, 11 is B. */
export function scalePitchClasses({ tonic, scale }: Key): readonly boolean[] {
  const belongs = degreesOf.get(scale)!;
  const from = tonics.indexOf(tonic);
  return tonics.map((_, pitchClass) => belongs[(pitchClass - from + 12) % 12]!);
}

/** Whether the tonic is audible: if all steps are equal, any tone could be it. */
export function hasHeardTonic({ scale }: Key): boolean {
  return scale !== 'whole-tone' && scale !== 'chromatic';
}

/** Whether there is a major third above the tonic. */
export function hasMajorThird({ scale }: Key): boolean {
  return degreesOf.get(scale)![4]!;
}

/**
 * Reads a tonic in any common spelling: c, C#, Db, C♯, B♭, E#.
 * @throws UserError `options.key`
 */
export function parseTonic(text: string): Tonic {
  const ascii = text.trim().replaceAll('♯', '#').replaceAll('♭', 'b').toLowerCase();
  const spelled = /^[a-g](#{0,2}|b{0,2})$/.test(ascii) ? Note.get(ascii) : undefined;
  if (spelled?.chroma === undefined) {
    const given = text.trim().slice(0, 40);
    throw new UserError('options.key', { problem: 'choice', option: 'key', choices: tonics, given });
  }
  return tonics[spelled.chroma]!;
}

/**
 * Reads the name of a scale, with spaces or hyphens; `minor` is natural minor.
 * @throws UserError `options.scale`, listing the choices
 */
export function parseScale(text: string): ScaleName {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
  const scale = scaleNames.find((known) => known === name) ?? scaleAliases.get(name);
  if (scale === undefined) {
    const given = text.trim().slice(0, 40);
    throw new UserError('options.scale', { problem: 'choice', option: 'scale', choices: scaleNames, given });
  }
  return scale;
}

/**
 * Reads a key such as `C major`, `f# minor` or `B♭ dorian`.
 * @throws UserError `options.key` or `options.scale`
 */
export function parseKey(text: string): Key {
  const [tonic = '', ...scale] = text.trim().split(/\s+/);
  return { tonic: parseTonic(tonic), scale: parseScale(scale.join(' ')) };
}

/** For display: `C major`, `F♯ harmonic minor`. */
export function formatKey(key: Key): string {
  return `${withSigns(key.tonic)} ${key.scale.replace('-', ' ')}`;
}

function withSigns(name: string): string {
  return name.replaceAll('#', '♯').replaceAll('b', '♭');
}
