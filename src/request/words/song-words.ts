import type { EnsembleName, InstrumentName } from '../../plan/instruments.js';
import type { StyleName } from '../../plan/styles.js';
import type { RawOptions } from '../options.js';
import type { Concept } from './meanings.js';

/** Styles that always imply a song. */
const styles: Readonly<Partial<Record<Concept, StyleName>>> = {
  jazz: 'swing',
  blues: 'blues',
  swing: 'swing',
  rock: 'rock',
  metal: 'rock',
  punk: 'rock',
  pop: 'pop',
  'K-pop': 'pop',
  soul: 'ballad',
  'r&b': 'ballad',
  'lo-fi': 'lofi',
  'hip-hop': 'lofi',
  funk: 'funk',
  disco: 'disco',
  house: 'disco',
  ambient: 'ambient',
  'new age': 'ambient',
  folk: 'folk',
  country: 'folk',
  celtic: 'folk',
  reggae: 'reggae',
  latin: 'bossa',
  'bossa nova': 'bossa',
  chiptune: '8-bit',
};

/** Dances and other styles that a piano plays too: they set the style if other instruments are named. */
const dances: Readonly<Partial<Record<Concept, StyleName>>> = {
  waltz: 'waltz',
  march: 'march',
  tango: 'tango',
  lullaby: 'lullaby',
  chorale: 'chorale',
  hymn: 'chorale',
  serenade: 'chamber',
  minuet: 'chamber',
  sonata: 'chamber',
};

const instruments: Readonly<Partial<Record<Concept, InstrumentName>>> = {
  drums: 'drums',
  guitar: 'guitar',
  'bass guitar': 'bass',
  violin: 'violin',
  cello: 'cello',
  strings: 'strings',
  flute: 'flute',
  clarinet: 'clarinet',
  saxophone: 'saxophone',
  trumpet: 'trumpet',
  brass: 'brass',
  organ: 'organ',
  harp: 'harp',
  harpsichord: 'harpsichord',
  choir: 'choir',
  singing: 'voice',
  synthesizer: 'lead',
  bells: 'glockenspiel',
  accordion: 'accordion',
  marimba: 'marimba',
};

const ensembles: Readonly<Partial<Record<Concept, EnsembleName>>> = {
  orchestra: 'chamber-orchestra',
  band: 'pop-band',
};

/** A piano among other instruments: a text for solo piano need not name it. */
const piano = /piano|klavier|ピアノ|фортепиано|фоно|рояль/iu;

/** A word of a text, and whether it is wanted or negated. */
interface Said {
  readonly name: string;
  readonly isWanted: boolean;
}

/**
 * The song options that a text implies: it names a style that the piano network was not trained on, or other
 * instruments. Empty for a text about piano music.
 */
export function songOptions(words: readonly Said[], text: string): RawOptions {
  const named = <T>(table: Readonly<Partial<Record<string, T>>>, isWanted: boolean): readonly T[] =>
    words.flatMap((word) => {
      const found = table[word.name];
      return word.isWanted === isWanted && found !== undefined ? [found] : [];
    });
  const style = named(styles, true).at(-1);
  const ensemble = named(ensembles, true).at(-1);
  const players = withPiano([...new Set(named(instruments, true))], piano.test(text));
  if (style === undefined && ensemble === undefined && players.length === 0) return {};
  const dance = named(dances, true).at(-1);
  const without = [...new Set(named(instruments, false))];
  return {
    ...((style ?? dance) !== undefined && { genre: style ?? dance }),
    ...(players.length > 0 ? { instruments: players.join(',') } : ensemble !== undefined && { ensemble }),
    ...(without.length > 0 && { without: without.join(',') }),
  };
}

/** Adds a piano if it is named among other instruments, or to accompany a single melody instrument. */
function withPiano(players: readonly InstrumentName[], isNamed: boolean): readonly InstrumentName[] {
  const accompanies: readonly InstrumentName[] = [
    'guitar',
    'harp',
    'organ',
    'harpsichord',
    'choir',
    'accordion',
    'marimba',
  ];
  const isAlone =
    players.length > 0 && !players.some((name) => accompanies.includes(name)) && players.length < 2;
  return players.length > 0 && (isNamed || isAlone) ? [...players, 'piano'] : players;
}

/** Whether a song follows the word through its style or instruments, so that the word has no other effect. */
export function isFollowedBySongs(name: string): boolean {
  return isSongWord(name) && name !== 'metal' && name !== 'punk';
}

/** Words that songs support, so that no substitute is needed. */
export function isSongWord(name: string): boolean {
  return [styles, instruments, ensembles].some((table) => Object.hasOwn(table, name));
}

/** Whether a word names an instrument or a style of a song. */
export function saysOfSongs(name: string): boolean {
  return isSongWord(name) || Object.hasOwn(dances, name);
}
