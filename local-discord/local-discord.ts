import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayCloseCodes, GatewayDispatchEvents, Locale } from 'discord-api-types/v10';
import type { Cdn } from './cdn.js';
import { Faults } from './faults.js';
import { patienceMs, type Activity, type Listener } from './feed.js';
import type { Gateway } from './gateway.js';
import { OpenApi, type Violation } from './openapi.js';
import type { Channel, Guild, Role, VoiceChannel, VoiceTraits } from './places.js';
import { HttpServer } from './rest/http-server.js';
import type { LoggedRequest } from './rest/log.js';
import { discordSettings, type Settings } from './settings.js';
import type { ShownMessage } from './shown-message.js';
import { snowflake } from './snowflake.js';
import { LocalUser, makeProfile, type UserOptions } from './user.js';
import type { Voice } from './voice/voice.js';
import { World } from './world.js';

export interface StartOptions extends Partial<Settings> {
  /** 0, the default, for any free port. */
  readonly port?: number;
  /** The bot's token; random by default. */
  readonly token?: string;
  readonly botName?: string;
  /** Validity of attachment URLs; a day by default, unlimited if negative. */
  readonly cdnLifetimeMs?: number;
  readonly heartbeatIntervalMs?: number;
  /** Privileged intents granted to the application, as bits; none by default. */
  readonly grantedIntents?: number;
  /** Number of shards recommended by `GET /gateway/bot`; 1 by default. */
  readonly recommendedShards?: number;
}

/**
 * A local Discord for an unmodified discord.js client: REST, gateway and CDN that enforce Discord's rules,
 * simulated users, and faults on demand.
 */
export class LocalDiscord {
  /** Every REST call and download, in the order of their responses. */
  readonly requests: LoggedRequest[] = [];
  readonly faults = new Faults();
  /** A server with the bot, and its first channel. */
  readonly guild: Guild;
  readonly channel: Channel;
  readonly #world: World;
  readonly #server: Server;
  readonly #openApi = new OpenApi();

  private constructor(world: World) {
    this.#world = world;
    this.guild = this.addGuild({ name: 'Music Room' });
    this.channel = this.addChannel(this.guild, 'compose');
    const http = new HttpServer(world, this.faults, (request) => this.#log(request));
    // Longer than clients keep idle connections, so that none is closed just when it is reused.
    this.#server = createServer(
      { keepAliveTimeout: 120_000 },
      (request, response) => void http.serve(request, response),
    );
    this.#server.on('upgrade', (request, socket, head) => world.gateway.accept(request, socket, head));
  }

  static async start(options: StartOptions = {}): Promise<LocalDiscord> {
    const {
      port = 0,
      token = `local.${randomBytes(4).toString('hex')}.${randomBytes(18).toString('base64url')}`,
      botName = 'Bot',
      cdnLifetimeMs = 24 * 60 * 60 * 1000,
      heartbeatIntervalMs = 41_250,
      grantedIntents = 0,
      recommendedShards = 1,
      ...settings
    } = options;
    const world = new World({ ...discordSettings, ...settings }, token, cdnLifetimeMs, botName);
    Object.assign(world.gateway, { heartbeatIntervalMs, grantedIntents, recommendedShards });
    const discord = new LocalDiscord(world);
    await new Promise<void>((resolve, reject) => {
      discord.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    world.host = `127.0.0.1:${(discord.#server.address() as AddressInfo).port}`;
    world.cdn.origin = `http://${world.host}`;
    return discord;
  }

  /** For discord.js: `new Client({ rest: { api: discord.apiUrl } })`. */
  get apiUrl(): string {
    return `http://${this.#world.host}/api`;
  }

  /** Host and port of attachment URLs. */
  get cdnHost(): string {
    return this.#world.host;
  }

  get token(): string {
    return this.#world.token;
  }

  get applicationId(): string {
    return this.#world.application.id;
  }

  /** The limits; changes take effect immediately. */
  get settings(): Settings {
    return this.#world.settings;
  }

  get gateway(): Gateway {
    return this.#world.gateway;
  }

  get cdn(): Cdn {
    return this.#world.cdn;
  }

  /** The voice server and who is in which voice channel. */
  get voice(): Voice {
    return this.#world.voice;
  }

  /**
   * Request bodies that Discord would reject: those that broke a rule implemented here, and those that
   * violate Discord's OpenAPI document, if available. The document is loaded on the first call.
   */
  get violations(): readonly Violation[] {
    return this.#openApi.check(this.requests);
  }

  /** @param options `hasBot` false: only users who installed the application can call it there */
  addGuild({ name, locale = Locale.EnglishUS, hasBot = true, id = snowflake() }: Partial<Guild>): Guild {
    const guild = { id, name: name ?? `Server ${this.#world.guilds.length + 1}`, locale, hasBot };
    this.#world.guilds.push(guild);
    return guild;
  }

  addChannel(guild: Guild, name: string): Channel {
    return this.#world.addChannel({ name, guild, recipients: [] });
  }

  /** Deletes a text channel; the bot is told. */
  removeChannel(channel: Channel): void {
    this.#world.removeChannel(channel);
  }

  /** Changes the bot's permissions in a channel of a server; the bot is told. */
  permit(channel: Channel, permissions: bigint): void {
    channel.appPermissions = permissions;
    this.#world.tellOfChannel(GatewayDispatchEvents.ChannelUpdate, channel);
  }

  /** A new voice channel or stage; the bot is told. */
  addVoiceChannel(
    guild: Guild,
    name: string,
    { isStage = false, userLimit = 0 }: Partial<Omit<VoiceTraits, 'status'>> = {},
  ): VoiceChannel {
    return this.#world.addVoiceChannel(guild, name, { isStage, userLimit, status: null });
  }

  /** Creates a thread in a channel of a server, and notifies the bot. */
  addThread(channel: Channel, name: string): Channel {
    if (channel.guild === undefined) throw new Error('There are no threads in direct messages');
    return this.#world.addThread(channel, channel.guild, name);
  }

  /** Creates a role without members, and notifies the bot. */
  addRole(guild: Guild, name: string): Role {
    return this.#world.addRole(guild, name);
  }

  /** Gives someone a role; the bot sees it in their interactions. */
  giveRole({ members }: Role, { id }: LocalUser): void {
    members.add(id);
  }

  takeRole({ members }: Role, { id }: LocalUser): void {
    members.delete(id);
  }

  /** Direct messages between users, without the bot. */
  addGroup(users: readonly LocalUser[]): Channel {
    const recipients = users.flatMap(({ id }) => this.#world.findUser(id) ?? []);
    return this.#world.addChannel({ name: users.map(({ name }) => name).join(', '), recipients });
  }

  /** A new person, in the first channel. */
  user(options: UserOptions = {}): LocalUser {
    const profile = makeProfile(options, this.#world.users.length);
    this.#world.users.push(profile.user);
    for (const { members } of options.roles ?? []) members.add(profile.user.id);
    return new LocalUser(this.#world, profile, this.channel);
  }

  /** Lets a user run a command regardless of its `default_member_permissions`, as a server admin can. */
  allow(commandName: string, user: LocalUser): void {
    this.#world.commands.allow(commandName, user.id);
  }

  /** The public messages of a channel, oldest first. */
  messages(channel: Channel = this.channel): readonly ShownMessage[] {
    return this.#world.messages.in(channel);
  }

  /**
   * Subscribes to all events.
   * @returns a function that unsubscribes
   */
  watch(listener: Listener): () => void {
    return this.#world.feed.subscribe(listener);
  }

  /**
   * Waits for a condition.
   * @param what for the error message
   */
  async until(isSo: () => boolean, what: string, timeoutMs = patienceMs): Promise<void> {
    const found = await this.#world.feed.within(() => isSo() || undefined, timeoutMs, 20);
    if (found === undefined) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
  }

  /** The next event that matches. */
  async next(
    isAsked: (activity: Activity) => boolean,
    what: string,
    timeoutMs = patienceMs,
  ): Promise<Activity> {
    let found: Activity | undefined;
    const unsubscribe = this.watch((activity) => {
      if (isAsked(activity)) found ??= activity;
    });
    try {
      return await this.#world.feed.until(
        () => found,
        timeoutMs,
        () => what,
      );
    } finally {
      unsubscribe();
    }
  }

  /** Waits until a bot is connected and a command is registered, if named. */
  async waitForReady({
    command,
    timeoutMs = patienceMs,
  }: { command?: string; timeoutMs?: number } = {}): Promise<void> {
    const isReady = (): boolean =>
      this.gateway.readyShards.length > 0 &&
      (command === undefined || this.#world.commands.list(undefined).some(({ name }) => name === command));
    await this.until(
      isReady,
      `a bot that is ready${command === undefined ? '' : ` and has /${command}`}`,
      timeoutMs,
    );
  }

  /** Invalidates the bot's token, as its owner can: sockets close with 4004, calls get 401. */
  resetToken(): void {
    this.#world.token = `local.reset.${randomBytes(18).toString('base64url')}`;
    this.gateway.drop(GatewayCloseCodes.AuthenticationFailed);
  }

  /** Drops requests, messages, files and interactions: for soak tests, while nothing is in progress. */
  forget(): void {
    this.requests.length = 0;
    this.#world.messages.clear();
    this.#world.interactions.clear();
    this.#world.cdn.clear();
  }

  async stop(): Promise<void> {
    this.#world.interactions.stop();
    this.gateway.stop();
    await this.voice.stop();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #log(request: LoggedRequest): void {
    this.requests.push(request);
    this.#world.feed.publish({ kind: 'request', request });
  }
}
