import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

export const titles: Language['titles'] = {
  after: 'Nach #',
  untitled: 'Nach einer MIDI-Datei',
  openings: {
    'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Präludium aus der Cellosuite Nr. 1',
    'J. S. Bach, Prelude in C major': 'J. S. Bach, Präludium C-Dur',
    'L. van Beethoven, Für Elise': 'L. van Beethoven, Für Elise',
    'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Mondscheinsonate',
    'F. Chopin, Prelude in A major': 'F. Chopin, Prélude A-Dur',
    'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
    'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonata facile',
    'C. Petzold, Minuet in G major': 'C. Petzold, Menuett G-Dur',
    'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie Nr. 1',
    'R. Schumann, Träumerei': 'R. Schumann, Träumerei',
  },
};

export const altText: Language['altText'] = {
  sound(sound) {
    if (sound === undefined) return 'Ein Stück ohne Noten.';
    const speeds = {
      'very slow': 'sehr langsam',
      slow: 'langsam',
      moderate: 'mäßig schnell',
      'moderately fast': 'ziemlich schnell',
      fast: 'schnell',
      'very fast': 'sehr schnell',
    } as const;
    const registers = {
      'from low to high': 'von tief bis hoch',
      'mostly low': 'meist tiefe Lage',
      'mostly middle': 'meist mittlere Lage',
      'mostly high': 'meist hohe Lage',
    } as const;
    const loudness = {
      'very soft': 'sehr leise',
      soft: 'leise',
      'moderately loud': 'mittellaut',
      loud: 'laut',
      'very loud': 'sehr laut',
    } as const;
    const [softest, loudest] = sound.loudness;
    return [
      counted(sound.notes, notes) +
        (sound.given === undefined ? '' : ` (die ersten ${number(sound.given)} sind der Anfang)`),
      ...(sound.key === undefined ? [] : [key(sound.key)]),
      clock(sound.seconds),
      ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
      registers[sound.register],
      softest === loudest ? loudness[softest] : `${loudness[softest]} bis ${loudness[loudest]}`,
    ].join(', ');
  },
  playedBy: (sound, parts) => `${sound}, gespielt von ${parts}`,
  preview: (sound) => `Hörprobe auf dem Klavier: ${sound}`,
  songPreview: (sound) => `Hörprobe: ${sound}`,
  pianoRoll: (sound) => `Klavierrolle: ${sound}`,
  curve: (model, validations) =>
    `Trainingskurve von ${model}: Verlust im Training und auf zurückgehaltener Musik nach ${counted(validations, { one: 'Prüfung', other: 'Prüfungen' })}`,
  sampleBy: (model, sound) => `Von ${model}. ${sound}`,
  helpPianoRoll: 'Klavierrolle eines Beispiels: der Anfang als Umriss, die komponierten Noten gefüllt',
  helpPreview: 'Dasselbe Stück, auf dem Klavier gespielt',
};

export const picture: Language['picture'] = {
  roll: {
    notes: { one: '# Note', other: '# Noten' },
    ...{ given: 'vorgegeben', new: 'neu', soft: 'leise', loud: 'laut' },
  },
  curve: {
    title: (model) => `Training von ${model}`,
    lossOverSteps: 'Verlust über die Schritte',
    lowest: 'Niedrigster Prüfverlust',
    ...{ step: 'Schritt', steps: 'Schritte', training: 'Training', validation: 'Prüfung' },
  },
};
