import { composerNames } from '../../request/words/composer-names.js';
import type { Key, Tonic } from '../../music/theory/key.js';
import type { Language } from '../language.js';
import { songChoices } from './songs.js';

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'do', 'C#': 'do dièse', D: 'ré', Eb: 'mi bémol', E: 'mi', F: 'fa' },
  ...{ 'F#': 'fa dièse', G: 'sol', Ab: 'la bémol', A: 'la', Bb: 'si bémol', B: 'si' },
};

export const choices: Language['choices'] = {
  ...songChoices,
  scale: {
    major: 'majeur',
    'natural-minor': 'mineur-naturel',
    'harmonic-minor': 'mineur-harmonique',
    'melodic-minor': 'mineur-mélodique',
    dorian: 'dorien',
    phrygian: 'phrygien',
    lydian: 'lydien',
    mixolydian: 'mixolydien',
    locrian: 'locrien',
    'major-pentatonic': 'pentatonique-majeur',
    'minor-pentatonic': 'pentatonique-mineur',
    blues: 'blues',
    'whole-tone': 'par-tons',
    chromatic: 'chromatique',
  },
  quantise: { none: 'aucune', seed: 'croches', straight: 'doubles-croches', triplet: 'triolets' },
  voices: { poly: 'plusieurs', mono: 'une' },
  sampling: { spread: 'étalé', source: 'original' },
  mood: {
    sad: 'triste',
    calm: 'calme',
    tender: 'tendre',
    dreamy: 'rêveuse',
    mysterious: 'mystérieuse',
    dark: 'sombre',
    happy: 'joyeuse',
    playful: 'espiègle',
    dramatic: 'dramatique',
    angry: 'furieuse',
    triumphant: 'triomphale',
    epic: 'épique',
  },
  density: { sparse: 'clairsemée', light: 'légère', medium: 'moyenne', busy: 'animée', dense: 'dense' },
  polyphony: { thin: 'mince', light: 'légère', medium: 'moyenne', rich: 'riche', full: 'pleine' },
  composer: composerNames.french,
  era: { baroque: 'baroque', classical: 'classique', romantic: 'romantique', modern: 'moderne' },
};

export function key({ tonic, scale }: Key): string {
  if (scale === 'minor') return `${tonics[tonic]} mineur`;
  return `${tonics[tonic]} ${choices.scale[scale].replaceAll('-', ' ')}`;
}
