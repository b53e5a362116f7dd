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
  'low to high': 'de grave a aguda',
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
    Improvisation: 'Improvisación',
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
    'Traditional, Amazing Grace': 'Tradicional, Amazing Grace',
    'Traditional, Auld Lang Syne': 'Tradicional, Auld Lang Syne',
    'J. S. Bach, Invention in C major': 'J. S. Bach, Invención en do mayor',
    'J. S. Bach, Invention in D minor': 'J. S. Bach, Invención en re menor',
    'J. S. Bach, Prelude in C minor': 'J. S. Bach, Preludio en do menor',
    'L. van Beethoven, Ode to Joy': 'L. van Beethoven, Himno a la alegría',
    'L. van Beethoven, Piano Sonata in F minor': 'L. van Beethoven, Sonata en fa menor',
    'G. Bizet, Habanera': 'G. Bizet, Habanera',
    'J. Brahms, Lullaby': 'J. Brahms, Canción de cuna',
    'F. Chopin, Waltz in D-flat major': 'F. Chopin, Vals en re bemol mayor',
    'F. Chopin, Prelude in E minor': 'F. Chopin, Preludio en mi menor',
    'Traditional, Greensleeves': 'Tradicional, Greensleeves',
    'E. Grieg, In the Hall of the Mountain King': 'E. Grieg, El rey de la montaña',
    'S. Joplin, The Entertainer': 'S. Joplin, The Entertainer',
    'Traditional, Korobeiniki': 'Tradicional, Korobéiniki',
    'W. A. Mozart, Rondo alla turca': 'W. A. Mozart, Marcha turca',
    'M. Mussorgsky, Promenade': 'M. Músorgski, Promenade',
    'J. Offenbach, Galop infernal': 'J. Offenbach, Galop infernal',
    'J. Pachelbel, Canon': 'J. Pachelbel, Canon',
    'N. Rimsky-Korsakov, Flight of the Bumblebee': 'N. Rimski-Kórsakov, El abejorro',
    'G. Rossini, William Tell': 'G. Rossini, Guillermo Tell',
    'C. Saint-Saëns, The Swan': 'C. Saint-Saëns, El cisne',
    'Traditional, Scarborough Fair': 'Tradicional, Scarborough Fair',
    'F. Schubert, Serenade': 'F. Schubert, Serenata',
    'J. Strauss II, The Blue Danube': 'J. Strauss, El Danubio azul',
    'P. I. Tchaikovsky, Swan Lake': 'P. I. Chaikovski, El lago de los cisnes',
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
  outputs: {
    midi: (sound) => sound,
    audio: (sound, isPiano) => (isPiano ? `Muestra al piano: ${sound}` : `Muestra: ${sound}`),
    image: (sound) => `Rollo de pianola: ${sound}`,
  },
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
    sections: { intro: 'Intro', interlude: 'Interludio', outro: 'Final', other: 'Parte' },
  },
  curve: {
    title: (model) => `Entrenamiento de ${model}`,
    lossOverSteps: 'Pérdida a lo largo de los pasos',
    lowest: 'Pérdida de validación más baja',
    ...{ step: 'paso', steps: 'pasos', training: 'entrenamiento', validation: 'validación' },
  },
};
