import {
  ChannelFlags,
  ChannelType,
  GuildMemberFlags,
  GuildSystemChannelFlags,
  RoleFlags,
  UserFlags,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildHubType,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
  Locale,
  OverwriteType,
  PermissionFlagsBits,
  ThreadAutoArchiveDuration,
  type APIDMChannel,
  type APIGroupDMChannel,
  type APIGuildMember,
  type APIGuildStageVoiceChannel,
  type APIGuildVoiceChannel,
  type APIOverwrite,
  type APIPartialInteractionGuild,
  type APIPublicThreadChannel,
  type APIRole,
  type APITextChannel,
  type APIUser,
  type GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { bits } from './bits.js';
import { timestampOf } from './snowflake.js';

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: Locale;
  /** Whether the application is installed here; if not, only users who installed it can use it. */
  readonly hasBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Absent in direct messages. */
  readonly guild?: Guild;
  /** For a thread, its parent channel. */
  readonly parent?: Channel;
  /** The users of a direct message: one if it is with the bot, several in a group without it. */
  readonly recipients: readonly APIUser[];
  /** Only for voice channels. */
  readonly voice?: VoiceTraits;
  /** The bot's permissions here. */
  appPermissions: bigint;
}

/** Properties of a voice channel. */
export interface VoiceTraits {
  /** Whether it is a stage: people can only speak when invited, and there is no end-to-end encryption. */
  readonly isStage: boolean;
  /** Maximum number of users; 0 is unlimited. */
  readonly userLimit: number;
  /** The status below its name, which the bot can set. */
  status: string | null;
}

export interface VoiceChannel extends Channel {
  readonly guild: Guild;
  readonly voice: VoiceTraits;
}

export function isVoice(channel: Channel | undefined): channel is VoiceChannel {
  return channel?.voice !== undefined && channel.guild !== undefined;
}

/** A role of a guild, and its members. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly guild: Guild;
  /** IDs of users. */
  readonly members: Set<string>;
}

/** Default permissions of users in a channel. */
export const everyone =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AddReactions |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.RequestToSpeak |
  PermissionFlagsBits.UseApplicationCommands |
  PermissionFlagsBits.UseExternalApps;

/** @param isBot whether it is the application's bot */
export function makeUser(id: string, name: string, isBot = false): APIUser {
  return {
    id,
    username: isBot ? name : name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    discriminator: '0',
    global_name: isBot ? null : name,
    avatar: null,
    bot: isBot,
    public_flags: bits(UserFlags, 0),
    flags: bits(UserFlags, 0),
    primary_guild: null,
  };
}

/**
 * A member without the user, as in messages and resolved options.
 * @param roles IDs, without that of everyone
 */
export function describeMembership(user: APIUser, roles: readonly string[]): Omit<APIGuildMember, 'user'> {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles: [...roles],
    joined_at: timestampOf(user.id),
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: bits(GuildMemberFlags, 0),
  };
}

export function describeChannel(
  channel: Channel,
):
  | APITextChannel
  | APIGuildVoiceChannel
  | APIGuildStageVoiceChannel
  | APIPublicThreadChannel
  | APIDMChannel
  | APIGroupDMChannel {
  const common = { id: channel.id, last_message_id: null };
  if (isVoice(channel)) return describeVoiceChannel(channel);
  if (channel.guild && channel.parent) return describeThread(channel, channel.guild, channel.parent);
  if (channel.guild) {
    return {
      ...common,
      type: ChannelType.GuildText,
      name: channel.name,
      guild_id: channel.guild.id,
      position: 0,
      parent_id: null,
      permission_overwrites: overwritesOf(channel.guild, channel),
      nsfw: false,
      topic: null,
      rate_limit_per_user: 0,
    };
  }
  if (channel.recipients.length > 1) {
    return {
      ...common,
      type: ChannelType.GroupDM,
      name: channel.name,
      icon: null,
      recipients: [...channel.recipients],
      owner_id: channel.recipients[0]!.id,
    };
  }
  return { ...common, type: ChannelType.DM, name: null, recipients: [...channel.recipients] };
}

export function describeVoiceChannel(
  channel: VoiceChannel,
): (APIGuildVoiceChannel | APIGuildStageVoiceChannel) & { readonly guild_id: string } {
  const { id, name, guild, voice } = channel;
  const described = {
    id,
    name,
    guild_id: guild.id,
    position: 0,
    parent_id: null,
    permission_overwrites: overwritesOf(guild, channel),
    nsfw: false,
    bitrate: 64_000,
    user_limit: voice.userLimit,
    rtc_region: null,
    rate_limit_per_user: 0,
    last_message_id: null,
  };
  return voice.isStage
    ? { ...described, type: ChannelType.GuildStageVoice }
    : { ...described, type: ChannelType.GuildVoice };
}

/** The bot's permissions here are those of the everyone role; the bot is not told about other roles. */
function overwritesOf(guild: Guild, { appPermissions }: Channel): APIOverwrite[] {
  if (appPermissions === everyone) return [];
  const allow = String(appPermissions & ~everyone);
  const deny = String(everyone & ~appPermissions);
  return [{ id: guild.id, type: OverwriteType.Role, allow, deny }];
}

export function describeThread(thread: Channel, guild: Guild, parent: Channel): APIPublicThreadChannel {
  const madeAt = timestampOf(thread.id);
  return {
    id: thread.id,
    type: ChannelType.PublicThread,
    name: thread.name,
    guild_id: guild.id,
    parent_id: parent.id,
    owner_id: guild.id,
    last_message_id: null,
    rate_limit_per_user: 0,
    message_count: 0,
    total_message_sent: 0,
    member_count: 1,
    flags: bits(ChannelFlags, 0),
    thread_metadata: {
      archived: false,
      archive_timestamp: madeAt,
      create_timestamp: madeAt,
      auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
      locked: false,
    },
  };
}

/** @param position from the lowest, 0, which is the everyone role */
export function describeRole({ id, name }: Pick<Role, 'id' | 'name'>, position: number): APIRole {
  return {
    id,
    name,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    position,
    permissions: String(everyone),
    managed: false,
    mentionable: false,
    flags: bits(RoleFlags, 0),
  } as APIRole; // omits a deprecated field
}

/** The guild as it appears in an interaction. */
export function describePartialGuild(guild: Guild): APIPartialInteractionGuild {
  return { id: guild.id, locale: guild.locale, features: [] };
}

/**
 * The guild as sent to the bot when it connects, without voice states.
 * @param members to include
 */
export function describeGuild(
  guild: Guild,
  channels: readonly Channel[],
  roles: readonly Role[],
  members: readonly APIUser[],
): GatewayGuildCreateDispatchData {
  const none = {
    icon: null,
    splash: null,
    discovery_splash: null,
    afk_channel_id: null,
    application_id: null,
    system_channel_id: null,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    hub_type: null satisfies GuildHubType | null,
    incidents_data: null,
  };
  return {
    ...none,
    id: guild.id,
    name: guild.name,
    owner_id: guild.id,
    preferred_locale: guild.locale,
    afk_timeout: 300,
    verification_level: GuildVerificationLevel.None,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.Disabled,
    mfa_level: GuildMFALevel.None,
    nsfw_level: GuildNSFWLevel.Default,
    premium_tier: GuildPremiumTier.None,
    premium_progress_bar_enabled: false,
    system_channel_flags: bits(GuildSystemChannelFlags, 0),
    emojis: [],
    stickers: [],
    features: [],
    roles: [{ id: guild.id, name: '@everyone' }, ...roles].map(describeRole),
    joined_at: timestampOf(guild.id),
    large: false,
    unavailable: false,
    member_count: members.length,
    voice_states: [],
    members: members.map((user) => ({ user, ...describeMembership(user, []) })),
    channels: channels.map((channel) => describeChannel(channel)).filter(isGuildChannel),
    threads: channels.map((channel) => describeChannel(channel)).filter(isThread),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

type GuildChannel = APITextChannel | APIGuildVoiceChannel | APIGuildStageVoiceChannel;

/** As in an event about a channel of a server. */
export function describeGuildChannel(channel: Channel): GuildChannel & { readonly guild_id: string } {
  const described = describeChannel(channel);
  if (channel.guild === undefined || !isGuildChannel(described))
    throw new Error('This is no channel of a server');
  return { ...described, guild_id: channel.guild.id };
}

function isGuildChannel(channel: ReturnType<typeof describeChannel>): channel is GuildChannel {
  const { GuildText, GuildVoice, GuildStageVoice } = ChannelType;
  return [GuildText, GuildVoice, GuildStageVoice].some((type) => type === channel.type);
}

function isThread(channel: ReturnType<typeof describeChannel>): channel is APIPublicThreadChannel {
  return channel.type === ChannelType.PublicThread;
}
