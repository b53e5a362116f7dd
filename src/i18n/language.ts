import type { Refusal } from '../errors/user-error.js';
import type { Key } from '../music/theory/key.js';
import type { TitleWords } from '../music/title.js';
import type { Sound } from '../render/describe.js';
import type { CurveWords, NamedInstrument, RollWords } from '../render/picture-words.js';
import type { Concept } from '../request/words/meanings.js';
import type { Degree } from '../request/words/understanding.js';
import type { BuiltInKind, LossPart } from '../request/networks.js';
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

/** Names of parts in ensembles. */
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
 * All texts for users of the bot, in one language, with Discord's markup. Limits: names of commands and
 * options at most 32 characters, lower case, no spaces; descriptions and choices at most 100; context menus
 * at most 32, in any case.
 */
export interface Language {
  /** A BCP 47 tag, as for `Intl`. */
  readonly locale: string;
  readonly figures: Figures;
  readonly commands: CommandWords;
  /** The composition options, by their English names. */
  readonly options: OptionNames;
  /** Choices that are words: a single word each, as written after the colon. */
  readonly choices: ChoiceWords;
  /**
   * Words that are understood in a text, in addition to composers: comma-separated, the one to be shown
   * first.
   */
  readonly concepts: Readonly<Record<Concept, string>>;
  readonly buttons: {
    readonly [
      button in
        | 'cancel'
        | 'again'
        | 'vary'
        | 'continue'
        | 'remix'
        | 'edit'
        | 'info'
        | 'play'
        | 'share'
        | 'delete'
        | 'use'
    ]: string;
  } & { readonly take: (n: number) => string };
  readonly progress: {
    readonly queued: (place: number) => string;
    readonly composing: (done: number, total: number, secondsLeft?: number) => string;
    /** For a piece of a given length, both in seconds. */
    readonly composingTime: (done: number, total: number, secondsLeft?: number) => string;
    readonly rendering: string;
  };
  readonly result: {
    readonly notes: (count: number) => string;
    readonly key: (key: Key) => string;
    readonly seed: string;
    readonly takes: (count: number) => string;
    readonly previewCut: (time: string) => string;
    /** Positions in the piece. */
    readonly previewPart: (from: string, to: string) => string;
    readonly previewTooLarge: string;
    readonly previewsTooLarge: string;
    /** @param channel as a Discord mention */
    readonly shared: (channel: string) => string;
    readonly understood: (words: string) => string;
    /** For the style of a composer. */
    readonly inStyle: (composer: string) => string;
    /** A word with a degree. */
    readonly meant: Readonly<Record<Degree, (word: string) => string>>;
    /** Wishes that have no effect on songs. */
    readonly notInSongs: (words: string) => string;
    readonly notUnderstood: (words: string) => string;
    /** An unknown word, and the nearest known one. */
    readonly perhaps: (word: string, nearest: string) => string;
    readonly nothingUnderstood: string;
    /** Wishes that no network was trained on, and the substitute, if any. */
    readonly untaught: (words: string, nearest: string) => string;
  };
  /** Titles of pieces. */
  readonly titles: TitleWords & { readonly openings: Readonly<Record<OpeningTitle, string>> };
  /**
   * Names of instruments, singular where one person plays: for the General MIDI programs in use, and for
   * others.
   */
  readonly instruments: Readonly<Record<NamedInstrument, string>>;
  /** Names of ensemble parts that differ from their instruments. */
  readonly parts: Readonly<Record<PartName, string>>;
  /** Alt texts. */
  readonly altText: {
    readonly sound: (sound: Sound | undefined) => string;
    /** @param parts list of the players, without duplicates */
    readonly playedBy: (sound: string, parts: string) => string;
    /**
     * Of each file that presents a piece.
     * @param isPiano whether a piano plays alone
     */
    readonly outputs: {
      readonly [role in 'midi' | 'audio' | 'image']: (sound: string, isPiano: boolean) => string;
    };
    readonly curve: (model: string, validations: number) => string;
    readonly sampleBy: (model: string, sound: string) => string;
    readonly helpPianoRoll: string;
    readonly helpPreview: string;
  };
  /** Texts in pictures; keep them short. */
  readonly picture: {
    readonly roll: Omit<RollWords, 'locale' | 'titles' | 'titlesInFile' | 'keys' | 'seed' | 'instruments'>;
    readonly curve: Omit<CurveWords, 'locale' | 'title'> & { readonly title: (model: string) => string };
  };
  readonly info: {
    readonly composedBy: (weights: string, total: number, given: number) => string;
    readonly continues: string;
    /** For a piece of a radio that was steered; followed by a command, and what changed from which note on. */
    readonly steered: string;
    /** @param note counted from 1 */
    readonly fromNote: (note: number) => string;
    readonly fromFile: string;
    readonly again: string;
    /** Shown if parts, instruments, tempo or key were changed after composing. */
    readonly wasChanged: string;
    /** Shown if the command may give another piece now. */
    readonly changed: string;
  };
  /** Title, options and file at most 45 characters, the others at most 100. */
  readonly remix: {
    readonly [
      line in
        'title' | 'options' | 'optionsHint' | 'file' | 'samePiece' | 'sameFile' | 'sameOpening' | 'newSong'
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
    /** @param semitones with a sign */
    readonly transpose: (semitones: string) => string;
    readonly key: (key: string, semitones: string) => string;
  };
  readonly help: {
    readonly [topic in 'start' | 'options' | 'character' | 'songs' | 'files' | 'radio' | 'server']: string;
  };
  readonly about: {
    readonly composes: (version: string) => string;
    /** @param from its origin */
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
    /** @param options as in a command; none for the bot's defaults */
    readonly defaults: (options?: string) => string;
    readonly shareChannel: (channel?: string) => string;
    /** @param time of the day; both are absent while it is off */
    readonly daily: (channel?: string, time?: string) => string;
    readonly presets: (count: number) => string;
    readonly limits: (person: number, server: number) => string;
    readonly trainers: (names: string) => string;
    /** @param language its own name; none for the server's language */
    readonly language: (language?: string) => string;
  };
  /** The piece of the day, and the vote under it; `same` is a button, next to the radio's calmer and livelier. */
  readonly daily: { readonly [part in 'heading' | 'vote' | 'same']: string };
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
    /** Describes each kind of network, after its name and a colon: at most 75 characters. */
    readonly kinds: { readonly [kind in BuiltInKind]: string };
    /** Describes all other kinds, by what they compose. */
    readonly composes: { readonly [what in 'keyboard' | 'songs']: string };
    /** The training data, training and quality of the built-in models. */
    readonly made: { readonly [kind in BuiltInKind]: string };
    readonly trained: string;
    readonly from: (parent: string) => string;
    readonly epochs: (count: number) => string;
    readonly rate: (rate: string) => string;
    readonly windows: (count: number) => string;
    readonly heldOutLoss: string;
    readonly parentLoss: string;
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
  readonly radio: RadioWords;
  /** For internal errors. */
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
  readonly playMidi: NameOnly;
  readonly preset: Named & { readonly [part in 'list' | 'save' | 'delete' | 'presetName']: Named };
  readonly settings: Named & {
    readonly show: Named;
    readonly defaults: Named;
    readonly shareChannel: Named & { readonly channel: Named };
    readonly daily: Named & { readonly channel: Named; readonly hour: Named };
    readonly limits: Named & { readonly person: Named; readonly server: Named };
    readonly trainers: Named & { readonly allow: Named; readonly forbid: Named };
    readonly language: Named & { readonly language: Named };
  };
  readonly train: Named & {
    readonly [option in 'modelName' | 'files' | 'epochs' | 'rate' | 'from']: Named;
  } & {
    /** @param n 1 to 10 */
    readonly file: (n: number) => Named;
  };
  readonly model: Named & {
    readonly [part in 'list' | 'show' | 'use' | 'rollback' | 'delete' | 'modelName']: Named;
  };
  readonly radio: Named & {
    readonly [
      part in
        | 'start'
        | 'stop'
        | 'skip'
        | 'volume'
        | 'percent'
        | 'now'
        | 'until'
        | 'byHour'
        | 'stay'
        | 'settings'
        | 'dj'
        | 'timeZone'
    ]: Named;
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
  /** Headings of a table in a code block: at most 16 characters, the others at most 8. */
  readonly table: {
    readonly [column in 'heldOut' | 'loss' | LossPart]: string;
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

/** Channels and users are as Discord links to them. */
interface RadioWords {
  readonly heading: (channel: string) => string;
  /** @param wish what was asked for, if anything */
  readonly startedBy: (user: string, wish?: string) => string;
  readonly composing: string;
  /** @param titles of one or more pieces */
  readonly next: (titles: string) => string;
  readonly composingNext: string;
  /** How the music was steered. */
  readonly levels: {
    readonly [level in 'muchCalmer' | 'calmer' | 'livelier' | 'muchLivelier']: string;
  };
  readonly paused: string;
  /** The bot is in the audience of a stage, or muted. */
  readonly silenced: string;
  /** Other bots are in the channel. */
  readonly otherBots: (bots: string) => string;
  readonly volume: (percent: number) => string;
  /** It plays around the clock. */
  readonly stays: string;
  /** @param time as a Discord timestamp */
  readonly until: (time: string) => string;
  /** At most 80 characters. */
  readonly buttons: {
    readonly [button in 'skip' | 'calmer' | 'livelier' | 'like' | 'keep' | 'stop']: string;
  };
  readonly votes: (votes: number, needed: number) => string;
  readonly started: (channel: string) => string;
  /** Who brought a piece. */
  readonly broughtBy: (user: string) => string;
  /** A piece that someone brought will be played. @param ahead how many pieces come before it, besides the current one */
  readonly queued: (channel: string, ahead: number) => string;
  readonly skipping: string;
  readonly stopped: string;
  readonly volumeSet: (percent: number) => string;
  /** The server's settings. */
  readonly chosen: (dj?: string, timeZone?: string) => string;
  /** Why the radio is over. */
  readonly ended: {
    readonly [
      reason in
        | 'alone'
        | 'until'
        | 'kicked'
        | 'no-answer'
        | 'lost'
        | 'no-encryption'
        | 'ended'
        | 'restart'
        | 'returns'
    ]: string;
  } & { readonly stopped: (user: string) => string };
}
