/**
 * The protocol between page and server. It is plain JSON without Discord's numeric constants: the server
 * translates.
 */

/** Someone who can be mentioned. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly isBot: boolean;
}

/** A channel of the server, or the direct messages between a person and the bot. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'direct';
  readonly commands: readonly Command[];
}

/** A voice channel of the server. */
export interface VoicePlace {
  readonly id: string;
  readonly name: string;
  /** Its members. */
  readonly people: readonly Person[];
  /** The status below its name. */
  readonly status?: string;
}

/** The person at this page, with editable properties. */
export interface Viewer extends Person {
  readonly managesServer: boolean;
  /** Language of their client, e.g. `en-US`. */
  readonly locale: string;
}

/** A registered command; each sub-command is a separate one. */
export interface Command {
  /** The command's name, followed by its sub-command's: `settings set`. */
  readonly path: string;
  /** ID of the whole command, as in mentions. */
  readonly id: string;
  readonly kind: 'slash' | 'message';
  /** The path in the viewer's language. */
  readonly title: string;
  readonly description: string;
  readonly options: readonly Option[];
}

export interface Option {
  readonly name: string;
  /** The name in the viewer's language. */
  readonly title: string;
  readonly description: string;
  readonly kind: 'text' | 'integer' | 'number' | 'switch' | 'file' | 'person' | 'channel' | 'role';
  readonly required: boolean;
  /** Limits on the number, or on the text's length. */
  readonly min?: number;
  readonly max?: number;
  readonly choices: readonly Choice[];
  /** Whether the bot suggests values while one types. */
  readonly suggests: boolean;
  readonly fileTypes: readonly string[];
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** One version of a message. */
export interface Message {
  readonly id: string;
  readonly placeId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly author: Person;
  readonly isEdited: boolean;
  /** Whether only the viewer sees it. */
  readonly isPrivate: boolean;
  /** Whether the bot is still working on it. */
  readonly isThinking: boolean;
  /** Whether it pings the viewer. */
  readonly mentionsViewer: boolean;
  readonly mayDelete: boolean;
  /** What it answers: a command, or a message. */
  readonly origin?: Origin;
  /** Discord's Markdown. */
  readonly text: string;
  readonly embeds: readonly Embed[];
  readonly files: readonly FileLink[];
  readonly parts: readonly Part[];
}

export type Origin =
  | { readonly kind: 'command'; readonly by: Person; readonly command: string }
  | { readonly kind: 'message'; readonly id: string; readonly by?: Person; readonly excerpt: string };

export interface FileLink {
  readonly name: string;
  readonly bytes: number;
  readonly url: string;
  readonly kind: 'picture' | 'sound' | 'voice' | 'video' | 'other';
  /** Alt text. */
  readonly alt?: string;
  readonly seconds?: number;
  /** Loudness over time, 0–255. */
  readonly waveform?: readonly number[];
}

export interface Embed {
  /** `#rrggbb` */
  readonly color?: string;
  readonly author?: string;
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly fields: readonly { readonly name: string; readonly value: string; readonly inline: boolean }[];
  readonly image?: Picture;
  readonly thumbnail?: Picture;
  readonly footer?: string;
}

export interface Picture {
  /** Absent if it is not on this machine: then only its text is shown. */
  readonly url?: string;
  readonly alt: string;
}

/** A component of a message. */
export type Part =
  | { readonly kind: 'row'; readonly parts: readonly (Button | Menu)[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'section'; readonly texts: readonly string[]; readonly beside: Button | Thumbnail }
  | { readonly kind: 'gallery'; readonly pictures: readonly Picture[] }
  | { readonly kind: 'file'; readonly file: FileLink }
  | { readonly kind: 'separator'; readonly line: boolean; readonly large: boolean }
  | {
      readonly kind: 'container';
      /** `#rrggbb` */
      readonly color?: string;
      readonly parts: readonly Part[];
    };

export interface Thumbnail {
  readonly kind: 'thumbnail';
  readonly picture: Picture;
}

export interface Button {
  readonly kind: 'button';
  readonly style: 'primary' | 'secondary' | 'success' | 'danger' | 'link';
  readonly label: string;
  readonly emoji?: string;
  readonly isDisabled: boolean;
  /** Absent on links. */
  readonly customId?: string;
  readonly url?: string;
}

/** A select menu: of given options, or of people, channels or roles. */
export interface Menu {
  readonly kind: 'menu';
  readonly of: 'options' | 'people' | 'channels' | 'roles';
  readonly customId: string;
  readonly placeholder: string;
  readonly min: number;
  readonly max: number;
  readonly isDisabled: boolean;
  readonly options: readonly MenuOption[];
}

export interface MenuOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly emoji?: string;
  readonly isDefault: boolean;
}

/** A form that the bot opened for the viewer. */
export interface Modal {
  /** ID of the interaction that it answers. */
  readonly id: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

export type Field =
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'field';
      readonly customId: string;
      readonly label: string;
      readonly description?: string;
      readonly isRequired: boolean;
      readonly control: Control;
    };

export type Control =
  | {
      readonly kind: 'text';
      readonly isLong: boolean;
      readonly value: string;
      readonly placeholder: string;
      readonly min: number;
      readonly max: number;
    }
  | Menu
  | { readonly kind: 'files'; readonly min: number; readonly max: number; readonly types: readonly string[] }
  | { readonly kind: 'radio'; readonly options: readonly MenuOption[] }
  | { readonly kind: 'checkboxes'; readonly options: readonly MenuOption[] }
  | { readonly kind: 'checkbox'; readonly isTicked: boolean };

/** A notice between messages, such as a request of the bot that Discord would reject. */
export interface Notice {
  readonly at: number;
  readonly text: string;
}

export type BotState = 'starting' | 'online' | 'offline';

/** Events from the server, in order. */
export type News =
  | {
      /** The complete state, sent initially and when the viewer or the commands change. */
      readonly kind: 'all';
      readonly server: string;
      readonly viewer: Viewer;
      readonly locales: readonly string[];
      readonly people: readonly Person[];
      readonly places: readonly Place[];
      readonly voice: readonly VoicePlace[];
      readonly messages: readonly Message[];
      readonly bot: BotState;
    }
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'voice'; readonly voice: readonly VoicePlace[] }
  | { readonly kind: 'gone'; readonly messageId: string }
  | { readonly kind: 'bot'; readonly bot: BotState }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** An option's value for the bot; for a file, the name of a part of the form. */
export type Value =
  | string
  | number
  | boolean
  | { readonly id: string }
  | { readonly files: readonly string[] }
  | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/** An action of the viewer. */
export type Act =
  | { readonly kind: 'use'; readonly place: string; readonly path: string; readonly options: Values }
  | {
      readonly kind: 'complete';
      readonly place: string;
      readonly path: string;
      readonly options: Values;
      readonly focused: string;
    }
  | { readonly kind: 'apply'; readonly message: string; readonly command: string }
  | { readonly kind: 'press'; readonly message: string; readonly customId: string }
  | {
      readonly kind: 'choose';
      readonly message: string;
      readonly customId: string;
      readonly values: readonly string[];
    }
  | { readonly kind: 'submit'; readonly modal: string; readonly values: Values }
  | {
      readonly kind: 'say';
      readonly place: string;
      readonly text: string;
      readonly files: readonly string[];
      readonly replyTo?: string;
    }
  | { readonly kind: 'delete'; readonly message: string }
  | { readonly kind: 'become'; readonly managesServer: boolean; readonly locale: string };

/** The immediate outcome of an action; messages arrive as {@link News}. */
export interface Outcome {
  /** Error message, in one sentence. */
  readonly refusal?: string;
  readonly modal?: Modal;
  readonly choices?: readonly Choice[];
}
