import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

export const titles: Language['titles'] = {
  after: 'Nach #',
  untitled: 'Nach einer MIDI-Datei',
  openings: {
    Improvisation: 'Improvisation',
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
    'Traditional, Amazing Grace': 'Traditionell, Amazing Grace',
    'Traditional, Auld Lang Syne': 'Traditionell, Auld Lang Syne',
    'J. S. Bach, Invention in C major': 'J. S. Bach, Invention C-Dur',
    'J. S. Bach, Invention in D minor': 'J. S. Bach, Invention d-Moll',
    'J. S. Bach, Prelude in C minor': 'J. S. Bach, Präludium c-Moll',
    'L. van Beethoven, Ode to Joy': 'L. van Beethoven, Ode an die Freude',
    'L. van Beethoven, Piano Sonata in F minor': 'L. van Beethoven, Sonate f-Moll',
    'G. Bizet, Habanera': 'G. Bizet, Habanera',
    'J. Brahms, Lullaby': 'J. Brahms, Wiegenlied',
    'F. Chopin, Waltz in D-flat major': 'F. Chopin, Walzer Des-Dur',
    'F. Chopin, Prelude in E minor': 'F. Chopin, Prélude e-Moll',
    'Traditional, Greensleeves': 'Traditionell, Greensleeves',
    'E. Grieg, In the Hall of the Mountain King': 'E. Grieg, In der Halle des Bergkönigs',
    'S. Joplin, The Entertainer': 'S. Joplin, The Entertainer',
    'Traditional, Korobeiniki': 'Traditionell, Korobeiniki',
    'W. A. Mozart, Rondo alla turca': 'W. A. Mozart, Türkischer Marsch',
    'M. Mussorgsky, Promenade': 'M. Mussorgski, Promenade',
    'J. Offenbach, Galop infernal': 'J. Offenbach, Höllengalopp',
    'J. Pachelbel, Canon': 'J. Pachelbel, Kanon',
    'N. Rimsky-Korsakov, Flight of the Bumblebee': 'N. Rimski-Korsakow, Hummelflug',
    'G. Rossini, William Tell': 'G. Rossini, Wilhelm Tell',
    'C. Saint-Saëns, The Swan': 'C. Saint-Saëns, Der Schwan',
    'Traditional, Scarborough Fair': 'Traditionell, Scarborough Fair',
    'F. Schubert, Serenade': 'F. Schubert, Ständchen',
    'J. Strauss II, The Blue Danube': 'J. Strauss, An der schönen blauen Donau',
    'P. I. Tchaikovsky, Swan Lake': 'P. I. Tschaikowski, Schwanensee',
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
      'low to high': 'von tief bis hoch',
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
  outputs: {
    midi: (sound) => sound,
    audio: (sound, isPiano) => (isPiano ? `Hörprobe auf dem Klavier: ${sound}` : `Hörprobe: ${sound}`),
    image: (sound) => `Klavierrolle: ${sound}`,
  },
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
    sections: { intro: 'Intro', interlude: 'Zwischenspiel', outro: 'Outro', other: 'Teil' },
  },
  curve: {
    title: (model) => `Training von ${model}`,
    lossOverSteps: 'Verlust über die Schritte',
    lowest: 'Niedrigster Prüfverlust',
    ...{ step: 'Schritt', steps: 'Schritte', training: 'Training', validation: 'Prüfung' },
  },
};
