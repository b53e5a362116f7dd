import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

const speeds = {
  'very slow': 'très lent',
  slow: 'lent',
  moderate: 'modéré',
  'moderately fast': 'assez rapide',
  fast: 'rapide',
  'very fast': 'très rapide',
} as const;

const registers = {
  'low to high': 'du grave à l’aigu',
  'mostly low': 'surtout dans le grave',
  'mostly middle': 'surtout dans le médium',
  'mostly high': 'surtout dans l’aigu',
} as const;

const loudness = {
  'very soft': 'très doux',
  soft: 'doux',
  'moderately loud': 'moyennement fort',
  loud: 'fort',
  'very loud': 'très fort',
} as const;

export const titles: Language['titles'] = {
  after: 'D’après #',
  untitled: 'D’après un fichier MIDI',
  openings: {
    Improvisation: 'Improvisation',
    'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Suite pour violoncelle nº 1',
    'J. S. Bach, Prelude in C major': 'J. S. Bach, Prélude en do majeur',
    'L. van Beethoven, Für Elise': 'L. van Beethoven, La Lettre à Élise',
    'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Sonate au clair de lune',
    'F. Chopin, Prelude in A major': 'F. Chopin, Prélude en la majeur',
    'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
    'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonate facile',
    'C. Petzold, Minuet in G major': 'C. Petzold, Menuet en sol majeur',
    'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie nº 1',
    'R. Schumann, Träumerei': 'R. Schumann, Rêverie',
    'Traditional, Amazing Grace': 'Traditionnel, Amazing Grace',
    'Traditional, Auld Lang Syne': 'Traditionnel, Ce n’est qu’un au revoir',
    'J. S. Bach, Invention in C major': 'J. S. Bach, Invention en do majeur',
    'J. S. Bach, Invention in D minor': 'J. S. Bach, Invention en ré mineur',
    'J. S. Bach, Prelude in C minor': 'J. S. Bach, Prélude en do mineur',
    'L. van Beethoven, Ode to Joy': 'L. van Beethoven, Ode à la joie',
    'L. van Beethoven, Piano Sonata in F minor': 'L. van Beethoven, Sonate en fa mineur',
    'G. Bizet, Habanera': 'G. Bizet, Habanera',
    'J. Brahms, Lullaby': 'J. Brahms, Berceuse',
    'F. Chopin, Waltz in D-flat major': 'F. Chopin, Valse en ré bémol majeur',
    'F. Chopin, Prelude in E minor': 'F. Chopin, Prélude en mi mineur',
    'Traditional, Greensleeves': 'Traditionnel, Greensleeves',
    'E. Grieg, In the Hall of the Mountain King': 'E. Grieg, Le Roi de la montagne',
    'S. Joplin, The Entertainer': 'S. Joplin, The Entertainer',
    'Traditional, Korobeiniki': 'Traditionnel, Korobeïniki',
    'W. A. Mozart, Rondo alla turca': 'W. A. Mozart, Marche turque',
    'M. Mussorgsky, Promenade': 'M. Moussorgski, Promenade',
    'J. Offenbach, Galop infernal': 'J. Offenbach, Galop infernal',
    'J. Pachelbel, Canon': 'J. Pachelbel, Canon',
    'N. Rimsky-Korsakov, Flight of the Bumblebee': 'N. Rimski-Korsakov, Vol du bourdon',
    'G. Rossini, William Tell': 'G. Rossini, Guillaume Tell',
    'C. Saint-Saëns, The Swan': 'C. Saint-Saëns, Le Cygne',
    'Traditional, Scarborough Fair': 'Traditionnel, Scarborough Fair',
    'F. Schubert, Serenade': 'F. Schubert, Sérénade',
    'J. Strauss II, The Blue Danube': 'J. Strauss, Le Beau Danube bleu',
    'P. I. Tchaikovsky, Swan Lake': 'P. I. Tchaïkovski, Le Lac des cygnes',
  },
};

export const altText: Language['altText'] = {
  sound(sound) {
    if (sound === undefined) return 'Un morceau sans notes.';
    const [softest, loudest] = sound.loudness;
    return [
      counted(sound.notes, notes) +
        (sound.given === undefined
          ? ''
          : sound.given === 1
            ? ' (la première forme le début)'
            : ` (les ${number(sound.given)} premières forment le début)`),
      ...(sound.key === undefined ? [] : [key(sound.key)]),
      clock(sound.seconds),
      ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
      registers[sound.register],
      softest === loudest ? loudness[softest] : `de ${loudness[softest]} à ${loudness[loudest]}`,
    ].join(', ');
  },
  playedBy: (sound, parts) => `${sound}, avec ${parts}`,
  outputs: {
    midi: (sound) => sound,
    audio: (sound, isPiano) => (isPiano ? `Extrait au piano : ${sound}` : `Extrait : ${sound}`),
    image: (sound) => `Rouleau de piano : ${sound}`,
  },
  curve: (model, validations) =>
    `Courbe d’entraînement de ${model} : perte à l’entraînement et sur de la musique mise de côté, après ${counted(validations, { one: 'validation', other: 'validations' })}`,
  sampleBy: (model, sound) => `Par ${model}. ${sound}`,
  helpPianoRoll: 'Rouleau de piano d’un exemple : le début en contour, les notes composées pleines',
  helpPreview: 'Le même morceau, joué au piano',
};

export const picture: Language['picture'] = {
  roll: {
    notes: { one: '# note', other: '# notes' },
    ...{ given: 'données', new: 'nouvelles', soft: 'doux', loud: 'fort' },
    sections: { intro: 'Intro', interlude: 'Interlude', outro: 'Outro', other: 'Partie' },
  },
  curve: {
    title: (model) => `Entraînement de ${model}`,
    lossOverSteps: 'Perte au fil des pas',
    lowest: 'Perte de validation la plus basse',
    ...{ step: 'pas', steps: 'pas', training: 'entraînement', validation: 'validation' },
  },
};
