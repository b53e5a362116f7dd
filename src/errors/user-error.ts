/** What is wrong with an option; `option` is its name, `given` the value, already shortened. */
export type OptionProblem =
  | {
      readonly problem: 'range';
      readonly option: string;
      readonly whole: boolean;
      readonly min: number;
      readonly max: number;
      readonly given: number | string;
    }
  | {
      readonly problem: 'choice';
      readonly option: string;
      readonly choices: readonly string[];
      readonly given: number | string;
    }
  | { readonly problem: 'name'; readonly option: string; readonly given: string }
  | { readonly problem: 'truth'; readonly option: string; readonly given: string }
  | { readonly problem: 'twice'; readonly option: string }
  | {
      readonly problem: 'duration';
      readonly option: string;
      /** As `1:30`. */
      readonly min: string;
      readonly max: string;
      readonly given: number | string;
    }
  /** Two options that mean the same. */
  | { readonly problem: 'instead'; readonly option: string; readonly instead: string }
  | { readonly problem: 'fixed'; readonly option: string }
  /** Only this kind of model supports it. */
  | { readonly problem: 'kind'; readonly option: string; readonly kind: string }
  | { readonly problem: 'two-beginnings' }
  | { readonly problem: 'voice-of-several' }
  /** A chord that cannot be read, and its position from 1; 0 where there are none, or too many. */
  | { readonly problem: 'chord'; readonly given: string; readonly place: number }
  | { readonly problem: 'form'; readonly given: string }
  | { readonly problem: 'long'; readonly option: string; readonly limit: number }
  | { readonly problem: 'unreadable'; readonly word: string }
  | { readonly problem: 'unknown'; readonly name: string; readonly names: readonly string[] };

type Nothing = object;
/** An amount and its limit; in bytes, seconds, or a plain count. */
interface Excess {
  readonly actual: number;
  readonly limit: number;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly given: number;
}

/** A file, as its user named it. */
interface File {
  readonly file: string;
}

/** Errors of people who run the bot or use the CLI. */
export interface OperatorErrors {
  readonly 'corpus.no-folder': { readonly folder: string };
  readonly 'corpus.no-test-split': { readonly folder: string };
  /** Number of MIDI files, and how many of the chosen ones are usable for training. */
  readonly 'corpus.too-few-files': {
    readonly folder: string;
    readonly files: number;
    readonly fit: number;
  };
  /** Training needs more notes than one window. */
  readonly 'corpus.too-short': { readonly notes: number; readonly windowNotes: number };
  readonly 'sound-font.too-large': File & { readonly mostMegabytes: number };
  readonly 'sound-font.unreadable': File;
  readonly 'sound-font.unknown': File;
  readonly 'sound-font.compressed': File;
  readonly 'sound-font.broken': File & { readonly reason: string };
  readonly 'sound-font.silent': File;
  readonly 'import.missing': File;
  readonly 'import.not-hdf5': File;
  /** It lacks a tensor of this network, or has it in another shape or type. */
  readonly 'import.tensor': File & { readonly tensor: string; readonly shape: readonly number[] };
  readonly 'import.package': Nothing;
  readonly 'card.missing': File;
  readonly 'input.missing': File;
  /** Results cannot be written there. */
  readonly 'folder.unusable': { readonly folder: string; readonly reason: string };
  /** The folder contains a training with other options or files. */
  readonly 'input.mismatch': { readonly folder: string };
  /** Fewer than two pieces have this many notes. */
  readonly 'evaluation.too-short': { readonly pieces: number; readonly notes: number };
  /** This model composes by patterns and rules: there is no network to evaluate. */
  readonly 'evaluation.book': { readonly name: string };
  /** Songs are evaluated style by style. */
  readonly 'evaluation.songs': { readonly name: string };
  readonly 'operator.no-model': { readonly folders: readonly string[] };
  readonly 'operator.default-model': { readonly name: string; readonly names: readonly string[] };
  readonly 'operator.redis': { readonly reason: string };
  readonly 'operator.tensorflow': Nothing;
}

/** Every code with its details: enough for an error message in any language. */
export interface UserErrors extends OperatorErrors {
  readonly [option: `options.${string}`]: OptionProblem;
  /** An error from another version, with a code that is unknown here; with its message. */
  readonly 'version.other': { readonly sentence: string };
  /** All parts of a song were left out. */
  readonly 'song.no-parts': Nothing;
  readonly 'midi.empty': Nothing;
  /** What it seems to be, if known. */
  readonly 'midi.not-midi': { readonly looksLike?: FileKind };
  /** What is damaged, and where: `file`, `header`, `track 2`. */
  readonly 'midi.damaged': { readonly damage?: MidiDamage; readonly part?: string };
  readonly 'midi.only-drums': Nothing;
  readonly 'midi.no-notes': { readonly struck: boolean };
  readonly 'midi.unreadable': Nothing;
  /** The machine was too busy. */
  readonly 'midi.slow': Nothing;
  readonly 'midi.too-large': Excess;
  readonly 'midi.too-many-tracks': Excess;
  readonly 'midi.too-many-notes': Excess;
  readonly 'midi.too-many-events': Excess;
  readonly 'midi.too-long': Excess;
  readonly 'record.unknown': Nothing;
  readonly 'model.unknown': { readonly name: string; readonly names: readonly string[] };
  readonly 'model.kind': { readonly kind: string };
  /** The reason is only logged. */
  readonly 'model.damaged': { readonly name: string; readonly reason?: string };
  readonly 'model.name': Nothing;
  readonly 'model.taken': { readonly name: string };
  readonly 'model.no-previous': { readonly name: string };
  readonly 'model.not-own': { readonly name: string; readonly isShared: boolean };
  readonly 'model.in-use': { readonly name: string };
  /** The machine that was to compose does not have it. */
  readonly 'model.elsewhere': { readonly name: string };
  readonly 'compose.closed': Nothing;
  readonly 'compose.busy': Nothing;
  readonly 'compose.lost': Nothing;
  /** No worker responds. */
  readonly 'compose.unreachable': Nothing;
  /** The worker runs another version. */
  readonly 'compose.version': Nothing;
  readonly 'compose.cancelled': Nothing;
  readonly 'compose.over': Nothing;
  readonly 'disk.full': Nothing;
  /** Unpacked size, or number of files. */
  readonly 'zip.too-large': { readonly files: number } | { readonly unpackedMegabytes: number };
  readonly 'zip.damaged': Nothing;
  /** The first of the skipped files, if any. */
  readonly 'training.too-little-music': {
    readonly windows: number;
    readonly needed: number;
    readonly windowNotes: number;
    readonly skipped?: readonly { readonly name: string; readonly refusal: Refusal }[];
  };
  /** All files were skipped; this is the first. */
  readonly 'training.nothing-read': {
    readonly skipped: readonly { readonly name: string; readonly refusal: Refusal }[];
  };
  /** This model cannot be trained here: it is not an LSTM. */
  readonly 'training.kind': { readonly name: string };
  readonly 'training.interrupted': Nothing;
  readonly 'training.failed': Nothing;
  readonly 'training.lost': Nothing;
  readonly 'training.over': Nothing;
  readonly 'training.unreadable': { readonly isZip: boolean };
  /** The model being trained, if the person may see it. */
  readonly 'training.busy': {
    readonly model?: string;
    readonly done?: number;
    readonly secondsLeft?: number;
  };
  readonly 'training.too-large': { readonly mebibytes: number };
  readonly 'training.no-music': { readonly folderFiles: number };
  readonly 'training.two-sources': Nothing;
  readonly 'training.no-folder': Nothing;
  readonly 'training.folder-files': { readonly files: number };
  readonly 'training.epochs': Range;
  readonly 'training.rate': Range;
  /** Why a training file is skipped. */
  readonly 'training.file': { readonly why: FileRefusal; readonly mostMegabytes: number };
  readonly 'training.same-file': { readonly twin: string };
  readonly 'command.unknown': Nothing;
  readonly 'action.unknown': Nothing;
  readonly 'action.no-message': Nothing;
  readonly 'bot.stopping': Nothing;
  readonly 'bot.restarted': Nothing;
  readonly 'bot.too-late': Nothing;
  /** Discord's names of permissions, e.g. `AttachFiles`. */
  readonly 'bot.permissions': { readonly missing: readonly string[] };
  readonly 'bot.not-owner': { readonly act: 'cancel' | 'delete' };
  readonly 'settings.only-managers': Nothing;
  readonly 'settings.only-trainers': Nothing;
  readonly 'settings.no-server': Nothing;
  readonly 'settings.too-many-trainers': { readonly most: number };
  readonly 'share.at-once': { readonly running: number };
  /** @see FairShare; `nextSeconds` since 1970, absent if waiting would not help. */
  readonly 'share.hour': {
    readonly who: 'you' | 'server';
    readonly had: number;
    readonly limit: number;
    readonly pieces: number;
    readonly nextSeconds?: number;
  };
  readonly 'share.channel': { readonly channel: string };
  readonly 'attachment.host': Nothing;
  readonly 'attachment.expired': Nothing;
  readonly 'attachment.unreachable': Nothing;
  /** One of several files, its name as plain text, and the reason. */
  readonly 'attachment.refused': { readonly file: string; readonly refusal: Refusal };
  readonly 'piece.gone': Nothing;
  readonly 'remix.slow': Nothing;
  readonly 'message.no-midi': Nothing;
  readonly 'message.one-midi': Nothing;
  readonly 'message.many-midi': Nothing;
  readonly 'daily.over': Nothing;
  readonly 'radio.none': Nothing;
  /** Channels as Discord links to them. */
  readonly 'radio.playing': { readonly channel: string };
  readonly 'radio.too-many': { readonly most: number };
  readonly 'radio.not-in-voice': Nothing;
  readonly 'radio.not-listening': { readonly channel: string };
  readonly 'radio.not-yours': Nothing;
  readonly 'radio.full': { readonly channel: string };
  readonly 'bot.channel-permissions': { readonly channel: string; readonly missing: readonly string[] };
  readonly 'radio.nothing-now': Nothing;
  /** When to end, as given, cannot be understood. */
  readonly 'radio.until': { readonly given: string };
  /** A time of the day was given, but not the server's time zone. */
  readonly 'radio.time-zone': Nothing;
  readonly 'radio.no-zone': { readonly given: string };
  /** A piece that cannot be kept, because it is a person's own file. */
  readonly 'radio.own-file': Nothing;
  readonly 'radio.queue-full': { readonly most: number };
  /** Calmer below 0, livelier above. */
  readonly 'radio.no-further': { readonly direction: -1 | 1 };
  readonly 'radio.just-steered': Nothing;
  readonly 'preset.empty': Nothing;
  readonly 'preset.name': Nothing;
  readonly 'preset.built-in': { readonly name: string };
  readonly 'preset.too-many': { readonly most: number };
  readonly 'preset.unknown': { readonly name: string; readonly names: readonly string[] };
}

export type MidiDamage =
  | 'cut-off'
  | 'status-in-value'
  | 'long-number'
  | 'tempo'
  | 'frame-rate'
  | 'no-ticks'
  | 'far-event'
  | 'value-first'
  | 'unknown-event';

export type FileKind =
  | { readonly type: 'picture' | 'recording' | 'foreign-music'; readonly format: string }
  | { readonly type: 'pdf' | 'zip' | 'web-page' | 'music-xml' | 'xml' };

export type FileRefusal = 'zip-in-zip' | 'not-midi' | 'encrypted' | 'unusual' | 'too-large' | 'damaged';

export type UserErrorCode = keyof UserErrors;

/** A {@link UserError} as plain data, to send to a worker or store. */
export interface Refusal {
  readonly code: UserErrorCode;
  readonly details: UserErrors[UserErrorCode];
}

/** Arguments of an error: its code, its details, and the cause if any. */
export type UserErrorArguments = {
  readonly [Code in UserErrorCode]: readonly [
    code: Code,
    ...more: Nothing extends UserErrors[Code]
      ? readonly [more?: UserErrors[Code] & ErrorOptions]
      : readonly [more: UserErrors[Code] & ErrorOptions],
  ];
}[UserErrorCode];

/**
 * An error or limit that a user can act on, as a code and data; the messages for users are in `i18n`. The
 * message of the error itself, for logs, is the code with its details.
 */
export class UserError extends Error implements Refusal {
  override readonly name = 'UserError';
  /** Stable, dotted, e.g. `midi.too-long`: for logs, tests and translations. */
  readonly code: UserErrorCode;
  readonly details: UserErrors[UserErrorCode];

  /** @see UserErrorArguments */
  constructor(...[code, more = {}]: UserErrorArguments) {
    const { cause, ...details } = more;
    super(messageOf(code, details), cause === undefined ? {} : { cause });
    this.code = code;
    this.details = details;
  }

  static from({ code, details }: Refusal, { cause }: ErrorOptions = {}): UserError {
    return new UserError(...([code, { ...details, cause }] as UserErrorArguments));
  }
}

export function refusalOf({ code, details }: UserError): Refusal {
  return { code, details };
}

const mostDetails = 200;

function messageOf(code: string, details: object): string {
  return Object.keys(details).length === 0
    ? code
    : `${code} ${JSON.stringify(details).slice(0, mostDetails)}`;
}
