import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { counted, notes, opening } from './grammar.js';
import { key } from './words.js';

export const titles: Language['titles'] = {
  after: 'After #',
  untitled: 'From a MIDI file',
  openings: {
    Improvisation: 'Improvisation',
    'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Prelude from Cello Suite No. 1',
    'J. S. Bach, Prelude in C major': 'J. S. Bach, Prelude in C major',
    'L. van Beethoven, Für Elise': 'L. van Beethoven, Für Elise',
    'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Moonlight Sonata',
    'F. Chopin, Prelude in A major': 'F. Chopin, Prelude in A major',
    'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
    'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonata facile',
    'C. Petzold, Minuet in G major': 'C. Petzold, Minuet in G major',
    'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie No. 1',
    'R. Schumann, Träumerei': 'R. Schumann, Träumerei',
    'Traditional, Amazing Grace': 'Traditional, Amazing Grace',
    'Traditional, Auld Lang Syne': 'Traditional, Auld Lang Syne',
    'J. S. Bach, Invention in C major': 'J. S. Bach, Invention in C major',
    'J. S. Bach, Invention in D minor': 'J. S. Bach, Invention in D minor',
    'J. S. Bach, Prelude in C minor': 'J. S. Bach, Prelude in C minor',
    'L. van Beethoven, Ode to Joy': 'L. van Beethoven, Ode to Joy',
    'L. van Beethoven, Piano Sonata in F minor': 'L. van Beethoven, Piano Sonata in F minor',
    'G. Bizet, Habanera': 'G. Bizet, Habanera',
    'J. Brahms, Lullaby': 'J. Brahms, Lullaby',
    'F. Chopin, Waltz in D-flat major': 'F. Chopin, Waltz in D-flat major',
    'F. Chopin, Prelude in E minor': 'F. Chopin, Prelude in E minor',
    'Traditional, Greensleeves': 'Traditional, Greensleeves',
    'E. Grieg, In the Hall of the Mountain King': 'E. Grieg, In the Hall of the Mountain King',
    'S. Joplin, The Entertainer': 'S. Joplin, The Entertainer',
    'Traditional, Korobeiniki': 'Traditional, Korobeiniki',
    'W. A. Mozart, Rondo alla turca': 'W. A. Mozart, Rondo alla turca',
    'M. Mussorgsky, Promenade': 'M. Mussorgsky, Promenade',
    'J. Offenbach, Galop infernal': 'J. Offenbach, Galop infernal',
    'J. Pachelbel, Canon': 'J. Pachelbel, Canon',
    'N. Rimsky-Korsakov, Flight of the Bumblebee': 'N. Rimsky-Korsakov, Flight of the Bumblebee',
    'G. Rossini, William Tell': 'G. Rossini, William Tell',
    'C. Saint-Saëns, The Swan': 'C. Saint-Saëns, The Swan',
    'Traditional, Scarborough Fair': 'Traditional, Scarborough Fair',
    'F. Schubert, Serenade': 'F. Schubert, Serenade',
    'J. Strauss II, The Blue Danube': 'J. Strauss II, The Blue Danube',
    'P. I. Tchaikovsky, Swan Lake': 'P. I. Tchaikovsky, Swan Lake',
  },
};

export const altText: Language['altText'] = {
  sound(sound) {
    if (sound === undefined) return 'A piece without notes.';
    const { register } = sound;
    const [softest, loudest] = sound.loudness;
    return [
      counted(sound.notes, notes) + (sound.given === undefined ? '' : ` (${opening(sound.given)})`),
      ...(sound.key === undefined ? [] : [key(sound.key)]),
      clock(sound.seconds),
      ...(sound.speed === undefined ? [] : [sound.speed]),
      register === 'low to high' ? 'from low to high' : `${register} register`,
      softest === loudest ? softest : `${softest} to ${loudest}`,
    ].join(', ');
  },
  playedBy: (sound, parts) => `${sound}, played by ${parts}`,
  outputs: {
    midi: (sound) => sound,
    audio: (sound, isPiano) => (isPiano ? `Piano preview: ${sound}` : `Preview: ${sound}`),
    image: (sound) => `Piano roll: ${sound}`,
  },
  curve: (model, validations) =>
    `Training curve of ${model}: training loss and held-out loss after ${counted(validations, { one: 'validation', other: 'validations' })}`,
  sampleBy: (model, sound) => `By ${model}. ${sound}`,
  helpPianoRoll: 'Piano roll of a sample: outlined notes are the opening, filled notes were composed',
  helpPreview: 'The same piece, played on a piano',
};

export const picture: Language['picture'] = {
  roll: {
    notes: { one: '# note', other: '# notes' },
    ...{ given: 'given', new: 'new', soft: 'soft', loud: 'loud' },
    sections: { intro: 'Intro', interlude: 'Interlude', outro: 'Outro', other: 'Other' },
  },
  curve: {
    title: (model) => `Training of ${model}`,
    lossOverSteps: 'Loss over training steps',
    lowest: 'Lowest validation loss',
    ...{ step: 'step', steps: 'steps', training: 'training', validation: 'validation' },
  },
};
