import type { Key } from '../music/theory/key.js';
import { formatKey } from '../music/theory/scale.js';
import type { TitleWords } from '../music/title.js';
import type { Track } from '../music/track.js';
import { namedPrograms, nearestProgram, type NamedProgram } from './audio/instruments.js';
import { drawable } from './fonts.js';

/**
 * The words in a piano roll, in some language: plain data, since it is known before the piece is, and drawn
 * in another thread.
 */
export interface RollWords {
  /** In which numbers are written, as `Intl` names it. */
  readonly locale: string;
  readonly titles: TitleWords;
  /** Keys by their English names, as `formatKey` writes them. */
  readonly keys: Readonly<Record<string, string>>;
  /** Names of instruments, by {@link NamedInstrument} and by their English names. */
  readonly instruments: Readonly<Record<string, string>>;
  /** How many notes there are, with # for the number, by the categories of `Intl.PluralRules`. */
  readonly notes: { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };
  /** The notes that were given, and those that were composed. */
  readonly given: string;
  readonly new: string;
  /** The ends of the scale of loudness. */
  readonly soft: string;
  readonly loud: string;
  /** Before the random seed. */
  readonly seed: string;
}

/** Instruments with names: audible programs, and groups of others. */
export type NamedInstrument = NamedProgram | 'percussion' | 'effects' | 'drums';

/** The key of a part's name in {@link RollWords.instruments}: another instrument that plays it has its own. */
export function nameOnInstrument(name: string, heard: NamedInstrument): string {
  return `${name} on ${heard}`;
}

/** What a track is called: by its own name, translated if it is the name of an instrument. */
export function partIn(
  { instruments }: Pick<RollWords, 'instruments'>,
  track: Pick<Track, 'name' | 'program' | 'isDrums'>,
): string {
  const name = drawable(track.name);
  // As in `Violin II`.
  const [, own = name, number = ''] = /^(.*?)( [IVX]+| \d+)?$/.exec(name) ?? [];
  const heard = namedInstrument(track);
  const ofPart = instruments[nameOnInstrument(name, heard)];
  if (ofPart !== undefined) return ofPart;
  // Voices of a choir are called like instruments, too. Of others the name may be of an instrument of before.
  const isVoice = heard === 52 || heard === 53;
  if (instruments[own] !== undefined) return (isVoice ? instruments[own] : instruments[heard]!) + number;
  return name === '' ? instruments[heard]! : name;
}

/** The instrument that a track is heard on. */
export function namedInstrument({ program, isDrums }: Pick<Track, 'program' | 'isDrums'>): NamedInstrument {
  if (isDrums) return 'drums';
  const heard = nearestProgram(program);
  const named = namedPrograms.find((each) => each === heard);
  return named ?? (heard < 120 ? 'percussion' : 'effects');
}

/** The name of a key. */
export function keyIn({ keys }: RollWords, key: Key): string {
  const name = formatKey(key);
  return keys[name] ?? name;
}

/** So many notes. */
export function notesIn({ locale, notes }: RollWords, count: number): string {
  const form = notes[new Intl.PluralRules(locale).select(count)] ?? notes.other;
  return form.replace('#', count.toLocaleString(locale));
}

/** What is written in the picture of a training, in some language. */
export interface CurveWords {
  /** In which numbers are written, as `Intl` names it. */
  readonly locale: string;
  readonly title: string;
  /** What is drawn, where no value is the lowest. */
  readonly lossOverSteps: string;
  /** Before the lowest validation loss, and before its step. */
  readonly lowest: string;
  readonly step: string;
  /** Names of the horizontal axis and of the lines. */
  readonly steps: string;
  readonly training: string;
  readonly validation: string;
}
