import {
  GatewayDispatchEvents,
  GatewayIntentBits,
  type APIGuildMember,
  type APIRole,
  type APIUser,
  type GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { Cdn } from './cdn.js';
import { CommandRegistry } from './commands.js';
import { Feed } from './feed.js';
import { Gateway } from './gateway.js';
import { InteractionDesk } from './interactions.js';
import { MessageStore } from './messages.js';
import {
  describeGuild,
  describeGuildChannel,
  describeMembership,
  describeRole,
  describeThread,
  everyone,
  makeUser,
  type Channel,
  type Guild,
  type Role,
  type VoiceChannel,
  type VoiceTraits,
} from './places.js';
import type { Settings } from './settings.js';
import { snowflake } from './snowflake.js';
import { Voice } from './voice/voice.js';

/** The state of the local Discord, shared by its REST API, gateway, CDN and users. */
export class World {
  readonly application: { readonly id: string; readonly name: string };
  readonly bot: APIUser;
  /** Host and port, once the server listens. */
  host = '';
  readonly feed = new Feed();
  readonly cdn: Cdn;
  readonly gateway: Gateway;
  readonly commands: CommandRegistry;
  readonly messages: MessageStore;
  readonly interactions: InteractionDesk;
  readonly voice: Voice;
  readonly guilds: Guild[] = [];
  readonly channels: Channel[] = [];
  readonly users: APIUser[] = [];
  readonly roles: Role[] = [];

  constructor(
    readonly settings: Settings,
    /** The only valid bot token. */
    public token: string,
    cdnLifetimeMs: number,
    botName: string,
  ) {
    const id = snowflake();
    this.application = { id, name: botName };
    this.bot = makeUser(id, botName, true);
    this.users.push(this.bot);
    this.cdn = new Cdn(cdnLifetimeMs);
    this.gateway = new Gateway(this);
    this.commands = new CommandRegistry(id, this.feed);
    this.messages = new MessageStore(this);
    this.interactions = new InteractionDesk(this);
    this.voice = new Voice(this);
  }

  get gatewayUrl(): string {
    return `ws://${this.host}`;
  }

  guildsWithBot(): readonly Guild[] {
    return this.guilds.filter((guild) => guild.hasBot);
  }

  /** @param intents of the session: only some include voice states */
  describeGuild(guild: Guild, intents: number): GatewayGuildCreateDispatchData {
    const channels = this.channels.filter((channel) => channel.guild === guild);
    const states = this.voice.states.inGuild(guild);
    const others = states.map(({ user }) => user).filter((user) => user !== this.bot);
    const described = describeGuild(guild, channels, this.rolesOf(guild), [this.bot, ...others]);
    if ((intents & GatewayIntentBits.GuildVoiceStates) === 0) return described;
    return { ...described, voice_states: states.map((state) => this.voice.states.describe(state)) };
  }

  /** The channel of a user's direct messages with the bot. */
  directChannel(user: APIUser): Channel {
    const isTheirs = ({ guild, recipients }: Channel): boolean =>
      guild === undefined && recipients.length === 1 && recipients[0] === user;
    return this.channels.find(isTheirs) ?? this.addChannel({ name: user.username, recipients: [user] });
  }

  addChannel(channel: Omit<Channel, 'id' | 'appPermissions'>): Channel {
    const added = { ...channel, id: snowflake(), appPermissions: everyone };
    this.channels.push(added);
    return added;
  }

  addVoiceChannel(guild: Guild, name: string, voice: VoiceTraits): VoiceChannel {
    const channel = { id: snowflake(), name, guild, recipients: [], voice, appPermissions: everyone };
    this.channels.push(channel);
    if (guild.hasBot) this.tellOfChannel(GatewayDispatchEvents.ChannelCreate, channel);
    return channel;
  }

  removeChannel(channel: Channel): void {
    this.channels.splice(this.channels.indexOf(channel), 1);
    if (channel.guild?.hasBot === true) this.tellOfChannel(GatewayDispatchEvents.ChannelDelete, channel);
  }

  /** Announces a new, changed or deleted channel of a server. */
  tellOfChannel(
    event:
      | GatewayDispatchEvents.ChannelCreate
      | GatewayDispatchEvents.ChannelUpdate
      | GatewayDispatchEvents.ChannelDelete,
    channel: Channel,
  ): void {
    const described = describeGuildChannel(channel);
    const audience = { guildId: described.guild_id, intents: GatewayIntentBits.Guilds };
    this.gateway.dispatch(event, audience, () => described);
  }

  addThread(parent: Channel, guild: Guild, name: string): Channel {
    const thread = this.addChannel({ name, guild, parent, recipients: [] });
    const audience = { guildId: guild.id, intents: GatewayIntentBits.Guilds };
    if (guild.hasBot) {
      this.gateway.dispatch(GatewayDispatchEvents.ThreadCreate, audience, () => ({
        ...describeThread(thread, guild, parent),
        newly_created: true,
      }));
    }
    return thread;
  }

  /** From the lowest; without the everyone role, which is even lower. */
  rolesOf(guild: Guild): readonly Role[] {
    return this.roles.filter((role) => role.guild === guild);
  }

  addRole(guild: Guild, name: string): Role {
    const role: Role = { id: snowflake(), name, guild, members: new Set() };
    this.roles.push(role);
    const audience = { guildId: guild.id, intents: GatewayIntentBits.Guilds };
    if (guild.hasBot) {
      this.gateway.dispatch(GatewayDispatchEvents.GuildRoleCreate, audience, () => ({
        guild_id: guild.id,
        role: this.describeRole(role),
      }));
    }
    return role;
  }

  describeRole(role: Role): APIRole {
    return describeRole(role, this.rolesOf(role.guild).indexOf(role) + 1);
  }

  /** A user as a member of a guild, without the user object. */
  describeMembership(user: APIUser, guild: Guild): Omit<APIGuildMember, 'user'> {
    const theirs = this.rolesOf(guild).filter(({ members }) => members.has(user.id));
    return describeMembership(
      user,
      theirs.map(({ id }) => id),
    );
  }

  findUser(id: string): APIUser | undefined {
    return this.users.find((user) => user.id === id);
  }

  findChannel(id: string): Channel | undefined {
    return this.channels.find((channel) => channel.id === id);
  }
}
