import { randomBytes } from 'node:crypto';
import {
  GatewayDispatchEvents,
  GatewayIntentBits,
  type APIBaseVoiceState,
  type APIGuildMember,
  type APIUser,
  type APIVoiceState,
} from 'discord-api-types/v10';
import type { Feed } from '../feed.js';
import type { Gateway } from '../gateway.js';
import type { Guild, VoiceChannel } from '../places.js';

/** Someone in a voice channel. */
export interface VoiceState {
  readonly user: APIUser;
  readonly channel: VoiceChannel;
  readonly sessionId: string;
  readonly selfMute: boolean;
  readonly selfDeaf: boolean;
  /** Set by a moderator, in every channel of the server. */
  readonly mute: boolean;
  readonly deaf: boolean;
  /** Whether they can only listen: on a stage, or without the permission to speak. */
  readonly suppress: boolean;
  /** Since when they have been asking to speak, ISO 8601. */
  readonly requestToSpeak: string | null;
}

/** Changes that are possible without leaving. */
export type VoiceChanges = Partial<Omit<VoiceState, 'user'>>;

/** Where voice states are announced. */
export interface VoiceStatesWorld {
  readonly feed: Feed;
  readonly gateway: Gateway;
  describeMembership(user: APIUser, guild: Guild): Omit<APIGuildMember, 'user'>;
}

/** Who is in which voice channel. Every change is sent to the bot. */
export class VoiceStates {
  readonly #world: VoiceStatesWorld;
  readonly #states: VoiceState[] = [];

  constructor(world: VoiceStatesWorld) {
    this.#world = world;
  }

  of(userId: string, guild: Guild): VoiceState | undefined {
    return this.#states.find(({ user, channel }) => user.id === userId && channel.guild === guild);
  }

  in(channel: VoiceChannel): readonly VoiceState[] {
    return this.#states.filter((state) => state.channel === channel);
  }

  inGuild(guild: Guild): readonly VoiceState[] {
    return this.#states.filter(({ channel }) => channel.guild === guild);
  }

  /** The states of the bot's gateway session. */
  ofSession(sessionId: string): readonly VoiceState[] {
    return this.#states.filter((state) => state.sessionId === sessionId);
  }

  /** Someone enters a channel, from another one or newly. */
  enter(
    user: APIUser,
    channel: VoiceChannel,
    {
      sessionId = randomBytes(16).toString('hex'),
      selfMute = false,
      selfDeaf = false,
      suppress = false,
    }: VoiceChanges,
  ): VoiceState {
    const before = this.of(user.id, channel.guild);
    const { mute = false, deaf = false } = before ?? {};
    const flags = { selfMute, selfDeaf, mute, deaf, suppress };
    const state = { user, channel, sessionId, ...flags, requestToSpeak: null };
    this.#replace(before, state);
    return state;
  }

  change(state: VoiceState, changes: VoiceChanges): VoiceState {
    const changed = { ...state, ...changes };
    this.#replace(state, changed);
    return changed;
  }

  leave(state: VoiceState): void {
    this.#replace(state, undefined);
  }

  describe(state: VoiceState): APIBaseVoiceState {
    return {
      channel_id: state.channel.id,
      user_id: state.user.id,
      session_id: state.sessionId,
      deaf: state.deaf,
      mute: state.mute,
      self_deaf: state.selfDeaf,
      self_mute: state.selfMute,
      self_video: false,
      suppress: state.suppress,
      request_to_speak_timestamp: state.requestToSpeak,
    };
  }

  /** Includes the guild and the member, as a separate event. */
  describeForBot(state: VoiceState): APIVoiceState {
    const { user, channel, mute, deaf } = state;
    const member = { user, ...this.#world.describeMembership(user, channel.guild), mute, deaf };
    return { ...this.describe(state), guild_id: channel.guild.id, member, self_stream: false };
  }

  #replace(before: VoiceState | undefined, after: VoiceState | undefined): void {
    if (before) this.#states.splice(this.#states.indexOf(before), 1);
    if (after) this.#states.push(after);
    const state = after ?? before;
    if (state === undefined) return;
    const { user, channel } = state;
    const { guild } = channel;
    const described = { ...this.describe(state), channel_id: after?.channel.id ?? null };
    const member = {
      user,
      ...this.#world.describeMembership(user, guild),
      mute: state.mute,
      deaf: state.deaf,
    };
    if (guild.hasBot) {
      const audience = { guildId: guild.id, intents: GatewayIntentBits.GuildVoiceStates };
      this.#world.gateway.dispatch(GatewayDispatchEvents.VoiceStateUpdate, audience, () => ({
        ...described,
        guild_id: guild.id,
        member,
      }));
    }
    this.#world.feed.publish({
      kind: 'voice',
      event: after === undefined ? 'left' : before?.channel === channel ? 'changed' : 'joined',
      userId: user.id,
      channelId: channel.id,
    });
  }
}
