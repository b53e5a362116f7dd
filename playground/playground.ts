import { InteractionType, Locale, PermissionFlagsBits } from 'discord-api-types/v10';
import type { StoredFile } from '../local-discord/cdn.js';
import type { Activity } from '../local-discord/feed.js';
import { LocalDiscord, type StartOptions } from '../local-discord/local-discord.js';
import type { Channel } from '../local-discord/places.js';
import type { ShownMessage } from '../local-discord/shown-message.js';
import { commandText } from './command-text.js';
import { complaintAbout } from './complaint.js';
import type { BotState, Message, News, Person, Place } from './page/protocol.js';
import { Member } from './member.js';
import { languagesOf, showCommand } from './show-command.js';
import { showMessage } from './show-message.js';
import { VoiceChannels } from './voice-channels.js';

type Listener = (news: News) => void;

const botName = 'Musical AI';

/** A local Discord with a server, people and a bot, from the perspective of each person. */
export class Playground {
  readonly members: readonly Member[];
  readonly voice: VoiceChannels;
  readonly #channels: readonly Channel[];
  /** Typed commands, by the interaction's ID. */
  readonly #commands = new Map<string, string>();
  readonly #listeners = new Map<Listener, Member>();
  #bot: BotState = 'starting';

  private constructor(readonly discord: LocalDiscord) {
    this.members = [new Member(discord, 'Clara', true), new Member(discord, 'Felix', false)];
    this.#channels = [discord.channel, discord.addChannel(discord.guild, 'listening')];
    // Permissions beyond everyone's that the README's install link requests.
    const channels = this.members.flatMap((member) => this.channelsOf(member));
    for (const channel of channels) channel.appPermissions |= PermissionFlagsBits.SendVoiceMessages;
    this.voice = new VoiceChannels(discord);
    discord.watch((activity) => this.#hear(activity));
  }

  static async start(options: StartOptions = {}): Promise<Playground> {
    return new Playground(await LocalDiscord.start({ botName, ...options }));
  }

  /** @param name in any case; the first member by default */
  member(name: string | null): Member {
    const found = this.members.find((member) => member.name.toLowerCase() === name?.toLowerCase());
    return found ?? this.members[0]!;
  }

  /** The channels that a person can open. */
  channelsOf(member: Member): readonly Channel[] {
    return [...this.#channels, member.directChannel];
  }

  /** An attachment, even after its URL has expired. */
  file(id: string): StoredFile | undefined {
    return this.discord.cdn.get(id);
  }

  /**
   * Sends the complete state, then all changes.
   * @returns a function that ends it
   */
  follow(member: Member, listener: Listener): () => void {
    this.#listeners.set(listener, member);
    listener(this.#everything(member));
    return () => this.#listeners.delete(listener);
  }

  /** Sends the complete state again to the viewers of a member. */
  refresh(member: Member): void {
    this.#tell((who) => (who === member ? this.#everything(who) : undefined));
  }

  /** @param notice one line about the bot's state */
  setBotState(bot: BotState, notice?: string): void {
    this.#bot = bot;
    this.#tell(() => ({ kind: 'bot', bot }));
    if (notice !== undefined) this.#notify(notice);
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
    await this.discord.stop();
  }

  #hear(activity: Activity): void {
    switch (activity.kind) {
      case 'interaction':
        if (activity.event === 'sent' && activity.type === InteractionType.ApplicationCommand) {
          this.#commands.set(activity.id, commandText(activity.data));
        }
        break;
      case 'commands':
        this.#tell((who) => this.#everything(who));
        break;
      case 'gateway':
        this.setBotState(activity.event === 'closed' ? 'offline' : 'online');
        break;
      case 'request': {
        const complaint = complaintAbout(activity.request);
        if (complaint !== undefined) this.#notify(complaint);
        break;
      }
      case 'voice':
        this.#tell(() => ({ kind: 'voice', voice: this.voice.describe() }));
        break;
      case 'message': {
        const { event, message, onlyFor } = activity;
        this.#tell((who) => {
          if (!this.#sees(who, message, onlyFor)) return undefined;
          if (event === 'deleted') return { kind: 'gone', messageId: message.id };
          return { kind: 'message', message: this.#show(message, who) };
        });
      }
    }
  }

  #sees(who: Member, { channelId }: ShownMessage, onlyFor: string | undefined): boolean {
    if (onlyFor !== undefined && onlyFor !== who.id) return false;
    return this.channelsOf(who).some(({ id }) => id === channelId);
  }

  #show(message: ShownMessage, who: Member): Message {
    return showMessage(message, {
      viewerId: who.id,
      moderates: who.managesServer,
      commandOf: (interactionId) => this.#commands.get(interactionId),
      find: (messageId) => this.#messagesOf(who).find(({ id }) => id === messageId),
    });
  }

  #messagesOf(who: Member): readonly ShownMessage[] {
    return this.channelsOf(who).flatMap((channel) => who.in(channel).messages());
  }

  #notify(text: string): void {
    this.#tell(() => ({ kind: 'notice', notice: { at: Date.now(), text } }));
  }

  #everything(who: Member): News {
    const { discord, members } = this;
    const commands = members.flatMap((member) => member.in(discord.channel).commands());
    return {
      kind: 'all',
      server: discord.guild.name,
      viewer: {
        id: who.id,
        name: who.name,
        isBot: false,
        managesServer: who.managesServer,
        locale: who.locale,
      },
      locales: [...new Set<string>([Locale.EnglishUS, ...languagesOf(commands)])],
      people: [this.#botAsPerson(), ...members.map(({ id, name }) => ({ id, name, isBot: false }))],
      places: this.channelsOf(who).map((channel) => this.#describePlace(channel, who)),
      voice: this.voice.describe(),
      messages: this.#messagesOf(who).map((message) => this.#show(message, who)),
      bot: this.#bot,
    };
  }

  #botAsPerson(): Person {
    return { id: this.discord.applicationId, name: botName, isBot: true };
  }

  #describePlace(channel: Channel, who: Member): Place {
    const isDirect = channel.guild === undefined;
    return {
      id: channel.id,
      name: isDirect ? botName : channel.name,
      kind: isDirect ? 'direct' : 'channel',
      commands: who
        .in(channel)
        .commands()
        .flatMap((command) => showCommand(command, who.locale)),
    };
  }

  #tell(newsFor: (who: Member) => News | undefined): void {
    for (const [listener, who] of [...this.#listeners]) {
      const news = newsFor(who);
      if (news !== undefined) listener(news);
    }
  }
}
