import {
  ComponentType,
  MessageFlags,
  type APIAllowedMentions,
  type APIAttachment,
  type APIButtonComponent,
  type APIEmbed,
  type APIMessage,
  type APIMessageComponent,
  type APIMessageTopLevelComponent,
  type APISelectMenuComponent,
} from 'discord-api-types/v10';
import { hasFlag } from './rules/message-rules.js';

/** An attachment as a user sees it. */
export interface ShownFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Alt text. */
  readonly description?: string;
  readonly contentType?: string;
  readonly url: string;
  /** The content, directly from the store: works even after the URL has expired. */
  bytes(): Uint8Array;
}

/** One version of a message, between two edits. Immutable. */
export class ShownMessage {
  constructor(
    readonly raw: APIMessage,
    /** When this version appeared, milliseconds since 1970. */
    readonly at: number,
    /** The `allowed_mentions` that the bot sent; undefined if it sent none. */
    readonly allowedMentions: APIAllowedMentions | undefined,
    private readonly readFile: (attachmentId: string) => Uint8Array,
  ) {}

  get id(): string {
    return this.raw.id;
  }

  get channelId(): string {
    return this.raw.channel_id;
  }

  get authorId(): string {
    return this.raw.author.id;
  }

  get content(): string {
    return this.raw.content;
  }

  get embeds(): readonly APIEmbed[] {
    return this.raw.embeds;
  }

  get flags(): number {
    return this.raw.flags ?? 0;
  }

  /** Whether only one user sees it. */
  get ephemeral(): boolean {
    return hasFlag(this.flags, MessageFlags.Ephemeral);
  }

  /** Whether it shows “… is thinking”. */
  get loading(): boolean {
    return hasFlag(this.flags, MessageFlags.Loading);
  }

  get attachments(): readonly ShownFile[] {
    return this.raw.attachments.map((attachment) => this.#show(attachment));
  }

  get components(): readonly APIMessageTopLevelComponent[] {
    return this.raw.components ?? [];
  }

  /** Every component, nested ones included, in reading order. */
  get allComponents(): readonly APIMessageComponent[] {
    return this.components.flatMap(flatten);
  }

  get buttons(): readonly APIButtonComponent[] {
    return this.allComponents.filter((component) => component.type === ComponentType.Button);
  }

  get selects(): readonly APISelectMenuComponent[] {
    return this.allComponents.filter(isSelect);
  }

  /** All visible text: content, embeds and text displays, one per line. */
  get text(): string {
    const embeds = this.embeds.flatMap((embed) => [
      embed.author?.name,
      embed.title,
      embed.description,
      ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
      embed.footer?.text,
    ]);
    const displays = this.allComponents.flatMap((component) =>
      component.type === ComponentType.TextDisplay ? [component.content] : [],
    );
    return [this.content, ...embeds, ...displays]
      .filter((line) => line !== undefined && line !== '')
      .join('\n');
  }

  /** The attachment whose name ends in `ending`, e.g. `.mid`. @throws Error when there is none */
  file(ending: string): ShownFile {
    const found = this.attachments.find((file) => file.name.endsWith(ending));
    if (found === undefined) throw new Error(`No file *${ending} in ${this.summary()}`);
    return found;
  }

  /** A one-line summary for error messages. */
  summary(): string {
    const files = this.raw.attachments.map((attachment) => attachment.filename).join(', ');
    const shown = this.loading ? '(thinking)' : JSON.stringify(this.text);
    return `message ${shown}${files === '' ? '' : ` with ${files}`}${this.ephemeral ? ' (ephemeral)' : ''}`;
  }

  toJSON(): APIMessage {
    return this.raw;
  }

  #show(attachment: APIAttachment): ShownFile {
    const { id, description, content_type: contentType } = attachment;
    return {
      id,
      name: attachment.filename,
      size: attachment.size,
      url: attachment.url,
      ...(description === undefined ? {} : { description }),
      ...(contentType === undefined ? {} : { contentType }),
      bytes: () => this.readFile(id),
    };
  }
}

function flatten(component: APIMessageComponent): readonly APIMessageComponent[] {
  switch (component.type) {
    case ComponentType.ActionRow:
    case ComponentType.Container:
      return [component, ...component.components.flatMap(flatten)];
    case ComponentType.Section:
      return [component, ...component.components, component.accessory];
    default:
      return [component];
  }
}

function isSelect(component: APIMessageComponent): component is APISelectMenuComponent {
  return (
    component.type === ComponentType.StringSelect ||
    component.type === ComponentType.UserSelect ||
    component.type === ComponentType.RoleSelect ||
    component.type === ComponentType.MentionableSelect ||
    component.type === ComponentType.ChannelSelect
  );
}
