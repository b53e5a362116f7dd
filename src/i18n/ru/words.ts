import { composerNames } from '../../request/words/composer-names.js';
import type { Key, Tonic } from '../../music/theory/key.js';
import type { Language } from '../language.js';
import { songChoices } from './songs.js';

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'до', 'C#': 'до-диез', D: 'ре', Eb: 'ми-бемоль', E: 'ми', F: 'фа' },
  ...{ 'F#': 'фа-диез', G: 'соль', Ab: 'ля-бемоль', A: 'ля', Bb: 'си-бемоль', B: 'си' },
};

export const choices: Language['choices'] = {
  ...songChoices,
  scale: {
    major: 'мажор',
    'natural-minor': 'натуральный-минор',
    'harmonic-minor': 'гармонический-минор',
    'melodic-minor': 'мелодический-минор',
    dorian: 'дорийский',
    phrygian: 'фригийский',
    lydian: 'лидийский',
    mixolydian: 'миксолидийский',
    locrian: 'локрийский',
    'major-pentatonic': 'мажорная-пентатоника',
    'minor-pentatonic': 'минорная-пентатоника',
    blues: 'блюзовая',
    'whole-tone': 'целотонная',
    chromatic: 'хроматическая',
  },
  quantise: { none: 'нет', seed: 'восьмые', straight: 'шестнадцатые', triplet: 'триоли' },
  voices: { poly: 'много', mono: 'один' },
  sampling: { spread: 'широкая', source: 'исходная' },
  mood: {
    sad: 'грустное',
    calm: 'спокойное',
    tender: 'нежное',
    dreamy: 'мечтательное',
    mysterious: 'таинственное',
    dark: 'мрачное',
    happy: 'радостное',
    playful: 'игривое',
    dramatic: 'драматичное',
    angry: 'гневное',
    triumphant: 'торжествующее',
    epic: 'эпическое',
  },
  density: { sparse: 'редкая', light: 'лёгкая', medium: 'средняя', busy: 'оживлённая', dense: 'плотная' },
  polyphony: { thin: 'тонкая', light: 'лёгкая', medium: 'средняя', rich: 'богатая', full: 'полная' },
  composer: composerNames.russian,
  era: { baroque: 'барокко', classical: 'классицизм', romantic: 'романтизм', modern: 'современность' },
};

export function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  const upper = name.charAt(0).toUpperCase() + name.slice(1);
  switch (scale) {
    case 'major':
      return `${name} мажор`;
    case 'natural-minor':
    case 'minor':
      return `${name} минор`;
    case 'harmonic-minor':
      return `${name} минор (гармонический)`;
    case 'melodic-minor':
      return `${name} минор (мелодический)`;
    case 'dorian':
    case 'phrygian':
    case 'lydian':
    case 'mixolydian':
    case 'locrian':
      return `${name} ${choices.scale[scale]}`;
    case 'blues':
    case 'whole-tone':
    case 'chromatic':
      return `${choices.scale[scale]} гамма от ${upper}`;
    default:
      return `${choices.scale[scale].replace('-', ' ')} от ${upper}`;
  }
}
