/**
 * What the page shows and what it sends. It is plain JSON that knows nothing of Discord's numbers:
 * the server translates.
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

/** The person at this page, and what can be changed about them. */
export interface Viewer extends Person {
  readonly managesServer: boolean;
  /** Language of their client, e.g. `en-US`. */
  readonly locale: string;
}

/** Something that the bot has registered; each sub-command is one of its own. */
export interface Command {
  /** The command's name, followed by its sub-command's: `settings set`. */
  readonly path: string;
  /** Id of the whole command, as mentions have it. */
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
  /** Of the number, or of the text's length. */
  readonly min?: number;
  readonly max?: number;
  readonly choices: readonly Choice[];
  /** The bot suggests values while one types. */
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
  /** Only the viewer sees it. */
  readonly isPrivate: boolean;
  /** The bot is still at it. */
  readonly isThinking: boolean;
  /** Whether it pings the viewer. */
  readonly mentionsViewer: boolean;
  readonly mayDelete: boolean;
  /** What it answers: a command that someone used, or a message. */
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
  /** What those read who do not see or hear it. */
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
  /** Absent when it lies outside this machine: then only its text is shown. */
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

/** A form that the bot opened in front of the viewer. */
export interface Modal {
  /** Of the interaction that it answers. */
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

/** Something shown between the messages, such as what Discord would refuse from the bot. */
export interface Notice {
  readonly at: number;
  readonly text: string;
}

export type BotState = 'starting' | 'online' | 'offline';

/** What the server tells the page, in order. */
export type News =
  | {
      /** Everything, at the beginning and when the viewer or the commands change. */
      readonly kind: 'all';
      readonly server: string;
      readonly viewer: Viewer;
      readonly locales: readonly string[];
      readonly people: readonly Person[];
      readonly places: readonly Place[];
      readonly messages: readonly Message[];
      readonly bot: BotState;
    }
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'gone'; readonly messageId: string }
  | { readonly kind: 'bot'; readonly bot: BotState }
  | { readonly kind: 'notice'; readonly notice: Notice };

/** A value on its way to the bot; a file is the name of a part of the form that is sent. */
export type Value =
  | string
  | number
  | boolean
  | { readonly id: string }
  | { readonly files: readonly string[] }
  | readonly string[];
export type Values = Readonly<Record<string, Value>>;

/** What the viewer does. */
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

/** What comes of it at once; messages arrive as {@link News}. */
export interface Outcome {
  /** Why it failed, in one sentence. */
  readonly refusal?: string;
  readonly modal?: Modal;
  readonly choices?: readonly Choice[];
}
