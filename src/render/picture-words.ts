import type { Key } from '../music/theory/key.js';
import { formatKey } from '../music/theory/scale.js';
import type { TitleWords } from '../music/title.js';
import type { Track } from '../music/track.js';
import { namedPrograms, nearestProgram, type NamedProgram } from './audio/instruments.js';
import { drawable } from './fonts.js';

/**
 * The texts in a piano roll, in one language, and the title in the MIDI file: plain data, since it is
 * prepared before the piece exists, and used in another thread.
 */
export interface RollWords {
  /** Locale for formatting numbers, a BCP 47 tag as for `Intl`. */
  readonly locale: string;
  readonly titles: TitleWords;
  /** English in every language, so that the same request gives the same MIDI file. */
  readonly titlesInFile: TitleWords;
  /** Names of keys, by the English names from `formatKey`. */
  readonly keys: Readonly<Record<string, string>>;
  /** Names of instruments, by {@link NamedInstrument} and by English name. */
  readonly instruments: Readonly<Record<string, string>>;
  /** The number of notes, with # for the number, by the plural categories of `Intl.PluralRules`. */
  readonly notes: { readonly [category in Intl.LDMLPluralRule]?: string } & { readonly other: string };
  /** Legend for given and for composed notes. */
  readonly given: string;
  readonly new: string;
  /** Names of sections without a letter, by their names in files; at most 14 characters. */
  readonly sections: Readonly<Record<NamedSection, string>>;
  /** Labels at the ends of the loudness scale. */
  readonly soft: string;
  readonly loud: string;
  /** Label of the random seed. */
  readonly seed: string;
}

/** Sections of a song that have a name instead of a letter. */
export type NamedSection = 'intro' | 'interlude' | 'outro' | 'other';

/** Instruments with names: programs in use, and groups of others. */
export type NamedInstrument = NamedProgram | 'percussion' | 'effects' | 'drums';

/**
 * The key of a part's name in {@link RollWords.instruments}: the same name can have different translations,
 * by instrument.
 */
export function nameOnInstrument(name: string, heard: NamedInstrument): string {
  return `${name} on ${heard}`;
}

/** The displayed name of a track: its own, translated if it is the name of an instrument. */
export function partIn(
  { instruments }: Pick<RollWords, 'instruments'>,
  track: Pick<Track, 'name' | 'program' | 'isDrums'>,
): string {
  const name = drawable(track.name);
  // For example `Violin II`.
  const [, own = name, number = ''] = /^(.*?)( [IVX]+| \d+)?$/.exec(name) ?? [];
  const heard = namedInstrument(track);
  const ofPart = instruments[nameOnInstrument(name, heard)];
  if (ofPart !== undefined) return ofPart;
  // Voices of a choir share names with instruments. For other parts, the name may be that of an earlier
  // instrument.
  const isVoice = heard === 52 || heard === 53;
  if (instruments[own] !== undefined) return (isVoice ? instruments[own] : instruments[heard]!) + number;
  return name === '' ? instruments[heard]! : name;
}

/** The instrument that plays a track. */
export function namedInstrument({ program, isDrums }: Pick<Track, 'program' | 'isDrums'>): NamedInstrument {
  if (isDrums) return 'drums';
  const heard = nearestProgram(program);
  const named = namedPrograms.find((each) => each === heard);
  return named ?? (heard < 120 ? 'percussion' : 'effects');
}

/** The name of a section; letters and names from files stay unchanged. */
export function sectionIn({ sections }: Pick<RollWords, 'sections'>, name: string): string {
  return Object.hasOwn(sections, name) ? sections[name as NamedSection] : name;
}

/** The name of a key. */
export function keyIn({ keys }: RollWords, key: Key): string {
  const name = formatKey(key);
  return keys[name] ?? name;
}

/** A number of notes, as text. */
export function notesIn({ locale, notes }: RollWords, count: number): string {
  const form = notes[new Intl.PluralRules(locale).select(count)] ?? notes.other;
  return form.replace('#', count.toLocaleString(locale));
}

/** The texts in the picture of a training, in one language. */
export interface CurveWords {
  /** Locale for formatting numbers, a BCP 47 tag as for `Intl`. */
  readonly locale: string;
  readonly title: string;
  /** Caption if there is no lowest value. */
  readonly lossOverSteps: string;
  /** Labels of the lowest validation loss, and of its step. */
  readonly lowest: string;
  readonly step: string;
  /** Labels of the horizontal axis and of the lines. */
  readonly steps: string;
  readonly training: string;
  readonly validation: string;
}
