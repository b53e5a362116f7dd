import { composerNames } from '../../request/words/composer-names.js';
import type { Key, Tonic } from '../../music/theory/key.js';
import type { Language } from '../language.js';
import { songChoices } from './songs.js';

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'C', 'C#': 'Cis', D: 'D', Eb: 'Es', E: 'E', F: 'F' },
  ...{ 'F#': 'Fis', G: 'G', Ab: 'As', A: 'A', Bb: 'B', B: 'H' },
};

export const choices: Language['choices'] = {
  ...songChoices,
  scale: {
    major: 'dur',
    'natural-minor': 'moll',
    'harmonic-minor': 'harmonisch-moll',
    'melodic-minor': 'melodisch-moll',
    dorian: 'dorisch',
    phrygian: 'phrygisch',
    lydian: 'lydisch',
    mixolydian: 'mixolydisch',
    locrian: 'lokrisch',
    'major-pentatonic': 'dur-pentatonik',
    'minor-pentatonic': 'moll-pentatonik',
    blues: 'blues',
    'whole-tone': 'ganzton',
    chromatic: 'chromatisch',
  },
  quantise: { none: 'keins', seed: 'achtel', straight: 'sechzehntel', triplet: 'triolen' },
  voices: { poly: 'mehrstimmig', mono: 'einstimmig' },
  sampling: { spread: 'gestreut', source: 'original' },
  mood: {
    sad: 'traurig',
    calm: 'ruhig',
    tender: 'zart',
    dreamy: 'verträumt',
    mysterious: 'geheimnisvoll',
    dark: 'düster',
    happy: 'fröhlich',
    playful: 'verspielt',
    dramatic: 'dramatisch',
    angry: 'zornig',
    triumphant: 'triumphal',
    epic: 'episch',
  },
  density: { sparse: 'spärlich', light: 'locker', medium: 'mittel', busy: 'belebt', dense: 'dicht' },
  polyphony: { thin: 'dünn', light: 'leicht', medium: 'mittel', rich: 'reich', full: 'voll' },
  composer: composerNames.german,
  era: { baroque: 'barock', classical: 'klassik', romantic: 'romantik', modern: 'moderne' },
};

/** Minor keys are written in lower case: a-Moll. */
export function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  switch (scale) {
    case 'major':
      return `${name}-Dur`;
    case 'natural-minor':
    case 'minor':
      return `${name.toLowerCase()}-Moll`;
    case 'harmonic-minor':
      return `${name.toLowerCase()}-Moll harmonisch`;
    case 'melodic-minor':
      return `${name.toLowerCase()}-Moll melodisch`;
    case 'major-pentatonic':
      return `${name}-Dur-Pentatonik`;
    case 'minor-pentatonic':
      return `${name.toLowerCase()}-Moll-Pentatonik`;
    case 'blues':
      return `${name}-Bluestonleiter`;
    case 'whole-tone':
      return `Ganztonleiter auf ${name}`;
    case 'chromatic':
      return `chromatisch auf ${name}`;
    default:
      return `${name} ${choices.scale[scale]}`;
  }
}
