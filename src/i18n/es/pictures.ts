import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

const speeds = {
  'very slow': 'muy lenta',
  slow: 'lenta',
  moderate: 'moderada',
  'moderately fast': 'bastante rápida',
  fast: 'rápida',
  'very fast': 'muy rápida',
} as const;

const registers = {
  'from low to high': 'de grave a aguda',
  'mostly low': 'sobre todo en registro grave',
  'mostly middle': 'sobre todo en registro medio',
  'mostly high': 'sobre todo en registro agudo',
} as const;

const loudness = {
  'very soft': 'muy suave',
  soft: 'suave',
  'moderately loud': 'moderadamente fuerte',
  loud: 'fuerte',
  'very loud': 'muy fuerte',
} as const;

export const titles: Language['titles'] = {
  after: 'A partir de #',
  untitled: 'A partir de un archivo MIDI',
  openings: {
    'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Suite para chelo n.º 1',
    'J. S. Bach, Prelude in C major': 'J. S. Bach, Preludio en do mayor',
    'L. van Beethoven, Für Elise': 'L. van Beethoven, Para Elisa',
    'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Claro de luna',
    'F. Chopin, Prelude in A major': 'F. Chopin, Preludio en la mayor',
    'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
    'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonata fácil',
    'C. Petzold, Minuet in G major': 'C. Petzold, Minueto en sol mayor',
    'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie n.º 1',
    'R. Schumann, Träumerei': 'R. Schumann, Ensueño',
  },
};

export const altText: Language['altText'] = {
  sound(sound) {
    if (sound === undefined) return 'Una pieza sin notas.';
    const [softest, loudest] = sound.loudness;
    return [
      counted(sound.notes, notes) +
        (sound.given === undefined
          ? ''
          : sound.given === 1
            ? ' (la primera es el comienzo)'
            : ` (las ${number(sound.given)} primeras son el comienzo)`),
      ...(sound.key === undefined ? [] : [key(sound.key)]),
      clock(sound.seconds),
      ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
      registers[sound.register],
      softest === loudest ? loudness[softest] : `de ${loudness[softest]} a ${loudness[loudest]}`,
    ].join(', ');
  },
  playedBy: (sound, parts) => `${sound}, con ${parts}`,
  preview: (sound) => `Muestra al piano: ${sound}`,
  songPreview: (sound) => `Muestra: ${sound}`,
  pianoRoll: (sound) => `Rollo de pianola: ${sound}`,
  curve: (model, validations) =>
    `Curva de entrenamiento de ${model}: pérdida en el entrenamiento y con música reservada tras ${counted(validations, { one: 'validación', other: 'validaciones' })}`,
  sampleBy: (model, sound) => `Por ${model}. ${sound}`,
  helpPianoRoll: 'Rollo de pianola de un ejemplo: el comienzo en contorno, las notas compuestas rellenas',
  helpPreview: 'La misma pieza, tocada al piano',
};

export const picture: Language['picture'] = {
  roll: {
    notes: { one: '# nota', other: '# notas' },
    ...{ given: 'dadas', new: 'nuevas', soft: 'suave', loud: 'fuerte' },
  },
  curve: {
    title: (model) => `Entrenamiento de ${model}`,
    lossOverSteps: 'Pérdida a lo largo de los pasos',
    lowest: 'Pérdida de validación más baja',
    ...{ step: 'paso', steps: 'pasos', training: 'entrenamiento', validation: 'validación' },
  },
};
