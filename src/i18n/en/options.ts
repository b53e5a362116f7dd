import type { OptionName } from '../../request/options.js';
import type { Language } from '../language.js';

const descriptions: Readonly<Record<OptionName, string>> = {
  style: 'A style of song (pop, waltz, string-quartet), moods, eras, composers, separated by commas',
  notes: 'How many notes to compose (default: 300)',
  length: 'How long the piece is, instead of notes: 0:45, 90 s or 2 min',
  temp: 'Temperature: lower is safer, higher is bolder (default: 1.0)',
  tempo: 'Speed: 2 is twice as fast (default: 1.0)',
  pitch: 'Where the music is centred; 60 is middle C. Notes beyond 0–127 move by octaves',
  velocity: 'Average loudness: 40 is soft, 100 is loud',
  key: 'Root note; major unless you also pick a scale',
  scale: 'Scale that every note belongs to; on C unless you also pick a key',
  quantise: 'Snap notes to a grid: seed is 8ths to whole notes, straight is 16ths, triplet is 8th triplets',
  voices: 'mono plays one note at a time',
  sampling: 'LSTM only: spread is livelier, source is what the original project played',
  mood: 'The mood of the music; not for lstm',
  density: 'Transformer only: how many notes per second',
  polyphony: 'Transformer only: how many notes sound at once',
  composer: 'Transformer only: in the style of a composer',
  era: 'Transformer only: in the style of an era',
  text: 'Describe the music, for example sad slow music in d minor',
  chords: 'Your own chords, a bar each: Am F C G, or Dm7 G7 | Cmaj7, or i VI III VII',
  bpm: 'Beats per minute of a song',
  genre: 'Song only: its style; style takes these words too',
  ensemble: 'Song only: who plays; style takes these words too',
  instruments: 'Song only: the instruments, separated by commas; the first one plays the melody',
  without: 'Song only: parts to leave out, separated by commas: drums, bass',
  meter: 'Song only: the meter',
  bars: 'Song only: how many bars',
  form: 'Song only: the sections as letters, such as AABA; i and o are intro and outro',
  seed: 'Random seed: the same seed and settings give the same piece',
  model: 'Model to compose with: transformer (expressive), lstm (small and fast), or one of this server',
  opening: 'Built-in opening to start from (default: the seed chooses)',
  title: 'Title of the piece (default: made from your request)',
};

/** In English, options have their internal names. */
export const options = Object.fromEntries(
  Object.entries(descriptions).map(([name, description]) => [name, { name, description }]),
) as Language['options'];

export const composeOptions: Language['commands']['compose']['options'] = {
  preset: { name: 'preset', description: 'A saved set of options; anything you set here overrides it' },
  midi: { name: 'midi', description: 'A MIDI file to start from, instead of a built-in opening' },
  takes: { name: 'takes', description: 'How many versions to make (default: 1)' },
  private: { name: 'private', description: 'Show the result only to you; press Share to post it' },
  voice: { name: 'voice', description: 'Also send the preview as a voice message' },
  more: { name: 'more', description: 'Any other setting, as name:value: tempo:0.7 scale:dorian' },
};
