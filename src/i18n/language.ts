import type { Refusal } from '../errors/user-error.js';
import type { Key } from '../music/theory/key.js';
import type { TitleWords } from '../music/title.js';
import type { Sound } from '../render/describe.js';
import type { CurveWords, NamedInstrument, RollWords } from '../render/picture-words.js';
import type { Concept } from '../request/words/meanings.js';
import type { Degree } from '../request/words/understanding.js';
import type { ModelKind } from '../request/options.js';
import type { Figures } from './grammar.js';
import type { ChoiceWords, Named, OptionNames } from './options.js';

interface NameOnly {
  readonly name: string;
}

/** Titles of the built-in openings. */
type OpeningTitle =
  | 'J. S. Bach, Prelude from Cello Suite No. 1'
  | 'J. S. Bach, Prelude in C major'
  | 'L. van Beethoven, Für Elise'
  | 'L. van Beethoven, Moonlight Sonata'
  | 'F. Chopin, Prelude in A major'
  | 'W. A. Mozart, Andante grazioso'
  | 'W. A. Mozart, Sonata facile'
  | 'C. Petzold, Minuet in G major'
  | 'E. Satie, Gymnopédie No. 1'
  | 'R. Schumann, Träumerei';

/** Names of parts that ensembles have for their instruments. */
export type PartName =
  | 'Fiddle'
  | 'Bandoneon'
  | 'Horns'
  | 'Violins'
  | 'Cellos'
  | 'Lead'
  | 'Square arpeggio'
  | 'Triangle bass'
  | 'Noise drums'
  | 'Piano (left hand)'
  | 'Soprano'
  | 'Alto'
  | 'Tenor'
  | 'Bass singer';

/**
 * Everything that a user of the bot can read, in one language. Sentences hold Discord's markup. Names of
 * commands and options are at most 32 characters, lower case and without spaces; descriptions and choices
 * at most 100; context menus at most 32, in any case.
 */
export interface Language {
  /** As `Intl` names it. */
  readonly locale: string;
  readonly figures: Figures;
  readonly commands: CommandWords;
  /** The options of a composition, by their English names. */
  readonly options: OptionNames;
  /** Choices that are words: one word each, as one writes them after the colon. */
  readonly choices: ChoiceWords;
  /**
   * What is understood in a text, in addition to composers: words with commas between them, the first to be
   * shown.
   */
  readonly concepts: Readonly<Record<Concept, string>>;
  readonly buttons: {
    readonly [
      button in
        'cancel' | 'again' | 'vary' | 'continue' | 'remix' | 'edit' | 'info' | 'share' | 'delete' | 'use'
    ]: string;
  } & { readonly take: (n: number) => string };
  readonly progress: {
    readonly queued: (place: number) => string;
    readonly composing: (done: number, total: number, secondsLeft?: number) => string;
    /** Of a piece of a certain length, both in seconds. */
    readonly composingTime: (done: number, total: number, secondsLeft?: number) => string;
    readonly rendering: string;
  };
  readonly result: {
    readonly notes: (count: number) => string;
    readonly key: (key: Key) => string;
    readonly seed: string;
    readonly takes: (count: number) => string;
    readonly previewCut: (time: string) => string;
    /** Times in the piece. */
    readonly previewPart: (from: string, to: string) => string;
    readonly previewTooLarge: string;
    readonly previewsTooLarge: string;
    /** @param channel as Discord links to it */
    readonly shared: (channel: string) => string;
    readonly understood: (words: string) => string;
    /** In the style of a composer. */
    readonly inStyle: (composer: string) => string;
    /** A word, and how it is meant. */
    readonly meant: Readonly<Record<Degree, (word: string) => string>>;
    /** What was asked of a song and changes nothing in it. */
    readonly notInSongs: (words: string) => string;
    readonly notUnderstood: (words: string) => string;
    /** A word that was not understood, and the nearest that is. */
    readonly perhaps: (word: string, nearest: string) => string;
    readonly nothingUnderstood: string;
    /** What was asked for and no network was taught; what is done instead, if there is something. */
    readonly untaught: (words: string, nearest: string) => string;
  };
  /** What pieces are called. */
  readonly titles: TitleWords & { readonly openings: Readonly<Record<OpeningTitle, string>> };
  /** Names of instruments, in the singular where one plays: of the General MIDI programs that are heard, and of others. */
  readonly instruments: Readonly<Record<NamedInstrument, string>>;
  /** Names of parts of ensembles that are not their instruments’. */
  readonly parts: Readonly<Record<PartName, string>>;
  /** What a piece sounds like, for people who cannot hear or see it. */
  readonly altText: {
    readonly sound: (sound: Sound | undefined) => string;
    /** @param parts who plays, as a list; once each */
    readonly playedBy: (sound: string, parts: string) => string;
    readonly preview: (sound: string) => string;
    /** Of a piece that is more than a piano. */
    readonly songPreview: (sound: string) => string;
    readonly pianoRoll: (sound: string) => string;
    readonly curve: (model: string, validations: number) => string;
    readonly sampleBy: (model: string, sound: string) => string;
    readonly helpPianoRoll: string;
    readonly helpPreview: string;
  };
  /** What is written in the pictures: short, since there is little room. */
  readonly picture: {
    readonly roll: Omit<RollWords, 'locale' | 'titles' | 'keys' | 'seed' | 'instruments'>;
    readonly curve: Omit<CurveWords, 'locale' | 'title'> & { readonly title: (model: string) => string };
  };
  readonly info: {
    readonly composedBy: (weights: string, total: number, given: number) => string;
    readonly continues: string;
    readonly fromFile: string;
    readonly again: string;
    /** Where parts, instruments, tempo or key were changed after composing. */
    readonly wasChanged: string;
    /** Where a command may give another piece than it did. */
    readonly changed: string;
  };
  /** Title, options and file at most 45 characters, the others at most 100. */
  readonly remix: {
    readonly [
      line in 'title' | 'options' | 'optionsHint' | 'file' | 'samePiece' | 'sameFile' | 'sameOpening'
    ]: string;
  } & {
    /** @param file its name, at most 40 characters */
    readonly sameUpload: (file: string) => string;
  };
  /** Menus under a piece of several parts: at most 150 characters; their choices at most 100. */
  readonly changes: {
    readonly [menu in 'parts' | 'instruments' | 'music' | 'everybody']: string;
  } & {
    readonly [choice in 'mute' | 'unmute' | 'solo']: (part: string) => string;
  } & {
    readonly [choice in 'slower' | 'faster']: (bpm: number) => string;
  } & {
    /** @param semitones with their sign */
    readonly transpose: (semitones: string) => string;
    readonly key: (key: string, semitones: string) => string;
  };
  readonly help: {
    readonly [topic in 'start' | 'options' | 'character' | 'songs' | 'files' | 'server']: string;
  };
  readonly about: {
    readonly composes: (version: string) => string;
    /** @param from where it comes from */
    readonly model: (id: string, from: string) => string;
    readonly shipped: string;
    readonly operator: string;
    readonly server: (parent?: string, date?: string) => string;
    /** @param maestro a link */
    readonly licence: (maestro: string) => string;
    readonly line: (commandMs: number, gatewayMs: number | undefined, since: string) => string;
  };
  readonly settings: {
    readonly title: string;
    /** @param options as one writes them; none for the bot's own */
    readonly defaults: (options?: string) => string;
    readonly shareChannel: (channel?: string) => string;
    readonly presets: (count: number) => string;
    readonly limits: (person: number, server: number) => string;
    readonly trainers: (names: string) => string;
    /** @param language in its own words; none for that of the server */
    readonly language: (language?: string) => string;
  };
  readonly presets: {
    readonly saved: (name: string, command: string) => string;
    readonly deleted: (name: string) => string;
    readonly own: string;
    readonly builtIn: string;
    readonly hint: string;
  };
  readonly forget: {
    readonly warning: (presets: number, models: number) => string;
    readonly button: string;
    readonly done: string;
  };
  readonly models: {
    readonly current: string;
    readonly shipped: string;
    readonly operator: string;
    readonly server: string;
    /** What each kind of network is, after its name and a colon: at most 75 characters. */
    readonly kinds: { readonly [kind in ModelKind]: string };
    /** What the models that come with the bot learnt from, how, and how good they are. */
    readonly made: { readonly [kind in ModelKind]: string };
    readonly trained: string;
    readonly from: (parent: string) => string;
    readonly epochs: (count: number) => string;
    readonly rate: (rate: string) => string;
    readonly windows: (count: number) => string;
    readonly heldOutLoss: string;
    readonly parentLoss: string;
    readonly losses: (pitch: string, step: string, duration: string) => string;
    readonly validationLoss: string;
    readonly first: (value: string) => string;
    readonly lowest: (value: string, at: number) => string;
    readonly last: (value: string) => string;
    readonly learntFrom: (count: number) => string;
    readonly more: (count: number) => string;
    readonly inUse: (name: string) => string;
    readonly deleted: (name: string) => string;
  };
  readonly training: TrainingWords;
  /** For what is nobody's mistake but the bot's. */
  readonly apology: (id: string) => string;
  readonly refusal: (refusal: Refusal) => string;
}

interface CommandWords {
  readonly compose: Named & {
    readonly options: {
      readonly [option in 'preset' | 'midi' | 'takes' | 'private' | 'voice' | 'more']: Named;
    };
  };
  readonly composeFromMidi: NameOnly;
  readonly continueMidi: NameOnly;
  readonly preset: Named & { readonly [part in 'list' | 'save' | 'delete' | 'presetName']: Named };
  readonly settings: Named & {
    readonly show: Named;
    readonly defaults: Named;
    readonly shareChannel: Named & { readonly channel: Named };
    readonly limits: Named & { readonly person: Named; readonly server: Named };
    readonly trainers: Named & { readonly allow: Named; readonly forbid: Named };
    readonly language: Named & { readonly language: Named };
  };
  readonly train: Named & {
    readonly [option in 'modelName' | 'files' | 'epochs' | 'rate' | 'from']: Named;
  } & {
    /** @param n of ten */
    readonly file: (n: number) => Named;
  };
  readonly model: Named & {
    readonly [part in 'list' | 'show' | 'use' | 'rollback' | 'delete' | 'modelName']: Named;
  };
  readonly forget: Named;
  readonly help: Named & {
    readonly topic: Named;
    readonly topics: { readonly [topic in keyof Language['help']]: string };
  };
  readonly about: Named;
}

interface TrainingWords {
  readonly heading: (name: string, parent: string, user: string) => string;
  readonly resumed: string;
  readonly gettingReady: string;
  readonly epoch: (epoch: number, total: number) => string;
  readonly loss: (value: string) => string;
  readonly validationLoss: (value: string) => string;
  readonly lowest: (value: string) => string;
  /** @param minutes 0 for less than one */
  readonly timeLeft: (minutes: number) => string;
  readonly paused: string;
  readonly listen: string;
  readonly finished: string;
  readonly 'no-improvement': string;
  readonly stopped: string;
  readonly diverged: string;
  readonly better: (change: number, value: string, parent: string, parentValue: string) => string;
  readonly noBetter: (name: string, value: string, parent: string, parentValue: string) => string;
  /** Headings of a table set in code: at most 16 characters, the others at most 8. */
  readonly table: {
    readonly [column in 'heldOut' | 'loss' | 'pitch' | 'step' | 'duration']: string;
  };
  readonly nothingChanges: string;
  readonly withoutFiles: string;
  readonly failed: (sentence: string) => string;
  readonly operatorNumber: (id: string) => string;
  readonly windows: (training: number, heldOut: number) => string;
  readonly leftOut: (file: string, reason: string) => string;
  readonly leftOutMore: (count: number) => string;
  readonly begun: (link: string) => string;
  readonly begunUnseen: string;
  readonly otherParent: (parent: string) => string;
  readonly cancelled: string;
}
