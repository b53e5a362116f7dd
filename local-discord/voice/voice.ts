import {
  GatewayDispatchEvents,
  GatewayIntentBits,
  PermissionFlagsBits,
  type APIUser,
} from 'discord-api-types/v10';
import { VoiceCloseCodes } from 'discord-api-types/voice/v8';
import { patienceMs } from '../feed.js';
import { isVoice, type Channel, type Guild, type VoiceChannel } from '../places.js';
import type { Profile } from '../profile.js';
import { ClientRefusal } from '../refusal.js';
import type { Form } from '../rules/form.js';
import type { Listener } from './listener.js';

import { VoiceFaults } from './voice-faults.js';
import { VoiceRoom } from './voice-room.js';
import { VoiceServer } from './voice-server.js';
import { VoiceStates, type VoiceChanges, type VoiceState, type VoiceStatesWorld } from './voice-states.js';

/** Who joins voice channels, and which there are. */
interface VoiceWorld extends VoiceStatesWorld {
  readonly bot: APIUser;
  guildsWithBot(): readonly Guild[];
  findChannel(id: string): Channel | undefined;
  removeChannel(channel: Channel): void;
}

/** Voice: who is in which channel, the voice server, and a moderator's actions on the bot. */
export class Voice {
  readonly faults = new VoiceFaults();
  readonly states: VoiceStates;
  /** Mistakes of the bot at the voice server that were not reported to it. */
  readonly problems: string[] = [];
  heartbeatIntervalMs = 13_750;
  readonly #world: VoiceWorld;
  readonly #rooms = new Map<string, VoiceRoom>();
  /** Started on demand. */
  #server: Promise<VoiceServer> | undefined;

  constructor(world: VoiceWorld) {
    this.#world = world;
    this.states = new VoiceStates(world);
  }

  /**
   * Op 4 of the main gateway: the bot joins, moves or leaves. Requests that it is not allowed to make get no
   * answer.
   */
  async ask(sessionId: string, d: Form): Promise<void> {
    const guild = this.#world.guildsWithBot().find(({ id }) => id === d.text('guild_id'));
    if (guild === undefined) return;
    const before = this.#botIn(guild);
    const channelId = d.text('channel_id');
    if (channelId === undefined) {
      if (before) await this.#remove(before);
      return;
    }
    const channel = this.#world.findChannel(channelId);
    if (!isVoice(channel) || channel.guild !== guild) return;
    if (!this.#mayEnter(this.#world.bot.id, channel, channel.appPermissions)) return;
    const selfMute = d.flag('self_mute') ?? false;
    const selfDeaf = d.flag('self_deaf') ?? false;
    const isHere = before?.channel === channel && before.sessionId === sessionId;
    if (isHere) this.states.change(before, { selfMute, selfDeaf });
    else {
      const suppress = isSuppressed(channel, channel.appPermissions);
      this.states.enter(this.#world.bot, channel, { sessionId, selfMute, selfDeaf, suppress });
    }
    const server = await this.#start();
    if (!isHere || server.sessionIn(guild.id)?.wire === undefined) await this.#allocate(guild);
  }

  /** The bot's gateway session has ended, so it leaves all voice channels. */
  async forgetSession(sessionId: string): Promise<void> {
    for (const state of this.states.ofSession(sessionId)) await this.#remove(state);
  }

  /**
   * A person joins a channel to listen.
   * @throws ClientRefusal when their client would not allow it
   */
  async admit({ user, permissions }: Profile, channel: Channel): Promise<Listener> {
    if (!isVoice(channel)) throw new ClientRefusal('This is no voice channel');
    const { guild } = channel;
    const mine = (): VoiceState | undefined => this.states.of(user.id, guild);
    // Loaded only if someone listens: the rest of the local Discord needs no native code.
    const { Listener } = await import('./listener.js');
    return new Listener(user, channel, {
      enter: (next) => {
        if (!this.#mayEnter(user.id, next, permissions))
          throw new ClientRefusal('You cannot join this channel');
        this.states.enter(user, next, { ...mine(), suppress: isSuppressed(next, permissions) });
      },
      leave: () => {
        const state = mine();
        if (state) this.states.leave(state);
      },
      show: (flags) => this.#change(mine(), flags),
      room: (next) => this.#room(next),
      until: async (isSo, what) => {
        const found = await this.#world.feed.within(() => isSo() || undefined, patienceMs, 10);
        if (found === undefined) throw new Error(`Waited in vain for ${what()}`);
      },
    });
  }

  /** The bot's channel in a guild. */
  channelOfBot(guild: Guild): VoiceChannel | undefined {
    return this.#botIn(guild)?.channel;
  }

  /** A moderator moves the bot to another channel of its server. */
  async moveBot(channel: Channel): Promise<void> {
    const state = isVoice(channel) ? this.#botIn(channel.guild) : undefined;
    if (!isVoice(channel) || state === undefined)
      throw new Error('The bot is in no voice channel of this server');
    const suppress = isSuppressed(channel, channel.appPermissions);
    const moved = this.states.enter(state.user, channel, { ...state, suppress });
    await this.#allocate(moved.channel.guild);
  }

  /** A moderator disconnects the bot (4014). */
  async disconnectBot(guild: Guild): Promise<void> {
    const state = this.#botIn(guild);
    if (state) await this.#remove(state);
  }

  /** A moderator mutes the bot in all channels of a server. */
  muteBot(guild: Guild, mute = true): void {
    this.#change(this.#botIn(guild), { mute });
  }

  /** A moderator invites the bot to speak on a stage. */
  letBotSpeak(guild: Guild): void {
    this.#change(this.#botIn(guild), { suppress: false, requestToSpeak: null });
  }

  /** Sets the status below a voice channel's name. */
  setStatus(channel: VoiceChannel, status: string | null): void {
    channel.voice.status = status;
    const audience = { guildId: channel.guild.id, intents: GatewayIntentBits.Guilds };
    this.#world.gateway.dispatch(GatewayDispatchEvents.VoiceChannelStatusUpdate, audience, () => ({
      id: channel.id,
      guild_id: channel.guild.id,
      status,
    }));
    const userId = this.#world.bot.id;
    this.#world.feed.publish({ kind: 'voice', event: 'status', userId, channelId: channel.id });
  }

  /** A voice channel is deleted; who is in it is disconnected (4022). */
  async deleteChannel(channel: VoiceChannel): Promise<void> {
    const { guild } = channel;
    const hadBot = this.channelOfBot(guild) === channel;
    for (const state of this.states.in(channel)) this.states.leave(state);
    this.#world.removeChannel(channel);
    if (hadBot) (await this.#server)?.forget(guild.id, VoiceCloseCodes.CallTerminated);
  }

  /** A guild's voice moves to another server: the bot has to identify again. */
  async changeServer(guild: Guild): Promise<void> {
    await this.#allocate(guild);
  }

  /**
   * Closes the bot's connections to the voice server.
   * @param code close code; without one they are lost
   */
  async drop(code?: number): Promise<void> {
    (await this.#server)?.drop(code);
  }

  async stop(): Promise<void> {
    for (const room of this.#rooms.values()) room.stop();
    await (await this.#server)?.stop();
  }

  #botIn(guild: Guild): VoiceState | undefined {
    return this.states.of(this.#world.bot.id, guild);
  }

  #change(state: VoiceState | undefined, changes: VoiceChanges): void {
    if (state) this.states.change(state, changes);
  }

  #mayEnter(userId: string, channel: VoiceChannel, permissions: bigint): boolean {
    const { ViewChannel, Connect, MoveMembers, Administrator } = PermissionFlagsBits;
    if ((permissions & Administrator) !== 0n) return true;
    if ((permissions & ViewChannel) === 0n || (permissions & Connect) === 0n) return false;
    const others = this.states.in(channel).filter(({ user }) => user.id !== userId).length;
    const { userLimit } = channel.voice;
    return userLimit === 0 || others < userLimit || (permissions & MoveMembers) !== 0n;
  }

  #room(channel: VoiceChannel): VoiceRoom {
    for (const [id, room] of this.#rooms) if (room.isEmpty) this.#rooms.delete(id);
    const room = this.#rooms.get(channel.id) ?? new VoiceRoom(channel.id, !channel.voice.isStage);
    this.#rooms.set(channel.id, room);
    return room;
  }

  /** Tells the bot which voice server to use, and allows it to connect. */
  async #allocate(guild: Guild): Promise<void> {
    const server = await this.#start();
    const state = this.#botIn(guild);
    if (state === undefined) return;
    const userId = state.user.id;
    const bot = { guildId: guild.id, userId, sessionId: state.sessionId };
    const token = server.expect(bot, this.#room(state.channel));
    const endpoint = this.faults.allocates ? server.endpoint : null;
    const audience = { guildId: guild.id, intents: 0 };
    this.#world.gateway.dispatch(GatewayDispatchEvents.VoiceServerUpdate, audience, () => ({
      token,
      guild_id: guild.id,
      endpoint,
    }));
  }

  async #remove(state: VoiceState): Promise<void> {
    this.states.leave(state);
    (await this.#server)?.forget(state.channel.guild.id, VoiceCloseCodes.Disconnected);
  }

  #start(): Promise<VoiceServer> {
    this.#server ??= VoiceServer.start(
      {
        isAudible: ({ room }) => this.#isAudible(room.channelId),
        tell: (event, { credentials: { guildId } }, code) => {
          const closed = code === undefined ? {} : { code };
          this.#world.feed.publish({ kind: 'voice-server', event, guildId, ...closed });
        },
        complain: (problem) => this.problems.push(problem),
      },
      this.faults,
      this.heartbeatIntervalMs,
    );
    return this.#server;
  }

  #isAudible(channelId: string): boolean {
    const channel = this.#world.findChannel(channelId);
    const state = isVoice(channel) ? this.#botIn(channel.guild) : undefined;
    return state !== undefined && !state.mute && !state.selfMute && !state.suppress;
  }
}

/** Whether someone with these permissions can only listen at first. */
function isSuppressed({ voice }: VoiceChannel, permissions: bigint): boolean {
  const { Speak, Administrator } = PermissionFlagsBits;
  return voice.isStage || (permissions & (Speak | Administrator)) === 0n;
}
