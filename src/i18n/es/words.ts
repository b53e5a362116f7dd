import { composerNames } from '../../request/words/composer-names.js';
import type { Key, Tonic } from '../../music/theory/key.js';
import type { Language } from '../language.js';
import { songChoices } from './songs.js';

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'do', 'C#': 'do sostenido', D: 're', Eb: 'mi bemol', E: 'mi', F: 'fa' },
  ...{ 'F#': 'fa sostenido', G: 'sol', Ab: 'la bemol', A: 'la', Bb: 'si bemol', B: 'si' },
};

export const choices: Language['choices'] = {
  ...songChoices,
  scale: {
    major: 'mayor',
    'natural-minor': 'menor-natural',
    'harmonic-minor': 'menor-armónica',
    'melodic-minor': 'menor-melódica',
    dorian: 'dórica',
    phrygian: 'frigia',
    lydian: 'lidia',
    mixolydian: 'mixolidia',
    locrian: 'locria',
    'major-pentatonic': 'pentatónica-mayor',
    'minor-pentatonic': 'pentatónica-menor',
    blues: 'blues',
    'whole-tone': 'tonos-enteros',
    chromatic: 'cromática',
  },
  quantise: { none: 'ninguna', seed: 'corcheas', straight: 'semicorcheas', triplet: 'tresillos' },
  voices: { poly: 'varias', mono: 'una' },
  sampling: { spread: 'amplio', source: 'original' },
  mood: {
    sad: 'triste',
    calm: 'tranquila',
    tender: 'tierna',
    dreamy: 'soñadora',
    mysterious: 'misteriosa',
    dark: 'oscura',
    happy: 'alegre',
    playful: 'juguetona',
    dramatic: 'dramática',
    angry: 'furiosa',
    triumphant: 'triunfal',
    epic: 'épica',
  },
  density: { sparse: 'escasa', light: 'ligera', medium: 'media', busy: 'animada', dense: 'densa' },
  polyphony: { thin: 'fina', light: 'ligera', medium: 'media', rich: 'rica', full: 'plena' },
  composer: composerNames.spanish,
  era: { baroque: 'barroca', classical: 'clásica', romantic: 'romántica', modern: 'moderna' },
};

/** Keys agree with the tonic, which is masculine; scales are feminine. */
export function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  switch (scale) {
    case 'major':
      return `${name} mayor`;
    case 'natural-minor':
    case 'minor':
      return `${name} menor`;
    case 'harmonic-minor':
      return `${name} menor armónica`;
    case 'melodic-minor':
      return `${name} menor melódica`;
    default:
      return `escala ${scale === 'blues' ? 'de blues' : scale === 'whole-tone' ? 'de tonos enteros' : choices.scale[scale].replaceAll('-', ' ')} de ${name}`;
  }
}
