import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  ApplicationFlags,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
  type APIUser,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
  type GatewayReceivePayload,
} from 'discord-api-types/v10';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { bits } from './bits.js';
import type { Feed } from './feed.js';
import type { Guild } from './places.js';
import { Form } from './rules/form.js';
import { shardOf } from './snowflake.js';

/** The data of one dispatch event. */
type DataOf<Event extends GatewayDispatchEvents> = Extract<GatewayDispatchPayload, { t: Event }>['d'];

/** A bot's session; it outlives a dropped connection. */
interface Session {
  readonly id: string;
  readonly shard: number;
  readonly shards: number;
  readonly intents: number;
  sequence: number;
  /** The latest dispatches, to replay on RESUME. */
  readonly sent: { readonly s: number; readonly text: string }[];
  connection?: Connection | undefined;
}

interface Connection {
  readonly socket: WebSocket;
  session?: Session | undefined;
  readonly heartbeatTimer: NodeJS.Timeout;
  /** Arrival times of the payloads of the last minute. */
  received: number[];
}

/** The sessions that receive an event. */
export interface Audience {
  /** Absent for direct messages, which shard 0 receives. */
  readonly guildId?: string | undefined;
  /** A session needs one of these intents; 0 means that every session receives it. */
  readonly intents: number;
}

const privilegedIntents =
  GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;
const allIntents = Object.values(GatewayIntentBits)
  .filter((bit) => typeof bit === 'number')
  .reduce<number>((bits, bit) => bits | bit, 0);
const opcodes = Object.values(GatewayOpcodes).filter((code) => typeof code === 'number');
const replayable = 1000;
/** Limit on payloads from a client per minute. */
const payloadsPerMinute = 120;
/** Close codes that end the session; after all others it can be resumed. */
const sessionEnding = new Set<number>([
  1000,
  1001,
  GatewayCloseCodes.AuthenticationFailed,
  GatewayCloseCodes.InvalidSeq,
  GatewayCloseCodes.SessionTimedOut,
  GatewayCloseCodes.InvalidShard,
  GatewayCloseCodes.ShardingRequired,
  GatewayCloseCodes.InvalidAPIVersion,
  GatewayCloseCodes.InvalidIntents,
  GatewayCloseCodes.DisallowedIntents,
]);

/** What bots are told of on the gateway, and what they can ask for there. */
interface GatewayWorld {
  readonly application: { readonly id: string };
  readonly bot: APIUser;
  readonly token: string;
  readonly gatewayUrl: string;
  readonly feed: Feed;
  readonly voice: {
    /** The bot asks to join, move or leave. */
    ask(sessionId: string, d: Form): Promise<void>;
    forgetSession(sessionId: string): Promise<void>;
  };
  guildsWithBot(): readonly Guild[];
  describeGuild(guild: Guild, intents: number): GatewayGuildCreateDispatchData;
}

/** The WebSocket side: sessions, heartbeats, dispatches, resuming. JSON only, no compression. */
export class Gateway {
  /** False leaves heartbeats unanswered, as on a zombie connection. */
  acknowledgesHeartbeats = true;
  /** True closes every new connection before its handshake. */
  refusesConnections = false;
  /** Number of connections closed this way. */
  refusedConnections = 0;
  heartbeatIntervalMs = 41_250;
  /** The limit reported by `GET /gateway/bot`; every IDENTIFY uses one session start. */
  sessionStarts = { total: 1000, remaining: 1000, resetAfterMs: 24 * 60 * 60 * 1000 };
  /** Number of shards recommended by `GET /gateway/bot`. */
  recommendedShards = 1;
  /** Privileged intents granted to the application. */
  grantedIntents = 0;

  readonly #world: GatewayWorld;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();

  constructor(world: GatewayWorld) {
    this.#world = world;
  }

  /** Shards that are connected and identified. */
  get readyShards(): readonly number[] {
    return [...this.#sessions.values()]
      .filter((session) => session.connection)
      .map((session) => session.shard);
  }

  /** Handles an HTTP upgrade. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.refusesConnections) {
      this.refusedConnections += 1;
      socket.destroy();
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const { searchParams } = new URL(request.url ?? '/', 'ws://localhost');
      if (searchParams.get('v') !== '10') {
        webSocket.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version');
      } else {
        this.#welcome(webSocket);
      }
    });
  }

  /**
   * Sends an event to every session of the audience, and stores it for those that can resume.
   * @param build makes the data for a session's intents
   */
  dispatch<Event extends GatewayDispatchEvents>(
    event: Event,
    audience: Audience,
    build: (intents: number) => DataOf<Event>,
  ): void {
    for (const session of this.#sessions.values()) {
      const shard = audience.guildId === undefined ? 0 : shardOf(audience.guildId, session.shards);
      const hears = audience.intents === 0 || (audience.intents & session.intents) !== 0;
      if (session.shard === shard && hears) this.#send(session, event, build(session.intents));
    }
  }

  /**
   * Closes every connection.
   * @param code close code; without one the connection is lost
   */
  drop(code?: number): void {
    for (const connection of [...this.#connections]) {
      if (code === undefined) connection.socket.terminate();
      else connection.socket.close(code);
      // Immediately, without waiting for the client: it misses everything dispatched from now on.
      this.#closed(connection, code ?? 1006);
    }
  }

  /** Asks every client to reconnect and resume (op 7). */
  askToReconnect(): void {
    this.#broadcast({ op: GatewayOpcodes.Reconnect, d: null });
  }

  /** Tells every client that its session is invalid (op 9). */
  invalidateSessions(resumable: boolean): void {
    for (const connection of this.#connections) {
      const { session } = connection;
      if (session === undefined) continue;
      session.connection = undefined;
      connection.session = undefined;
      if (!resumable) this.#end(session);
    }
    this.#broadcast({ op: GatewayOpcodes.InvalidSession, d: resumable });
  }

  stop(): void {
    for (const { socket, heartbeatTimer } of this.#connections) {
      clearTimeout(heartbeatTimer);
      socket.terminate();
    }
    this.#connections.clear();
    this.#sessions.clear();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    const timeOut = (): void => socket.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out');
    const heartbeatTimer = setTimeout(timeOut, this.heartbeatIntervalMs * 1.5 + 1000);
    const connection: Connection = { socket, heartbeatTimer, received: [] };
    this.#connections.add(connection);
    socket.on('message', (data) => this.#receive(connection, data));
    socket.on('close', (code) => this.#closed(connection, code));
    socket.on('error', () => socket.terminate());
    this.#push(connection, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: this.heartbeatIntervalMs } });
  }

  #closed(connection: Connection, code: number): void {
    if (!this.#connections.delete(connection)) return;
    clearTimeout(connection.heartbeatTimer);
    const { session } = connection;
    if (session?.connection !== connection) return;
    session.connection = undefined;
    if (sessionEnding.has(code)) this.#end(session);
    this.#world.feed.publish({ kind: 'gateway', event: 'closed', shard: session.shard, code });
  }

  /** Makes the session impossible to resume. */
  #end(session: Session): void {
    this.#sessions.delete(session.id);
    void this.#world.voice.forgetSession(session.id);
  }

  #receive(connection: Connection, data: RawData): void {
    const now = Date.now();
    connection.received = [...connection.received.filter((at) => at > now - 60_000), now];
    if (connection.received.length > payloadsPerMinute) {
      connection.socket.close(GatewayCloseCodes.RateLimited, 'Rate limited');
      return;
    }
    const payload = parsePayload(data);
    if (payload === undefined) {
      connection.socket.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload');
      return;
    }
    this.#obey(connection, payload);
  }

  #obey(connection: Connection, { op, d }: ClientPayload): void {
    const { socket } = connection;
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        connection.heartbeatTimer.refresh();
        if (this.acknowledgesHeartbeats) this.#push(connection, { op: GatewayOpcodes.HeartbeatAck });
        return;
      case GatewayOpcodes.Identify:
        if (connection.session) socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated');
        else this.#identify(connection, d);
        return;
      case GatewayOpcodes.Resume:
        if (connection.session) socket.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated');
        else this.#resume(connection, d);
        return;
      case GatewayOpcodes.VoiceStateUpdate:
        if (!connection.session) socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated');
        else void this.#world.voice.ask(connection.session.id, d);
        return;
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.RequestGuildMembers:
        if (!connection.session) socket.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated');
        return;
      default:
        socket.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode');
    }
  }

  #identify(connection: Connection, d: Form): void {
    const { socket } = connection;
    const [shard, shards] = d.has('shard') ? d.values('shard').map(Number) : [0, 1];
    const intents = d.integer('intents');
    this.sessionStarts.remaining = Math.max(0, this.sessionStarts.remaining - 1);
    if (d.raw('token') !== this.#world.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    } else if (intents === undefined || (intents & ~allIntents) !== 0) {
      socket.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    } else if ((intents & privilegedIntents & ~this.grantedIntents) !== 0) {
      socket.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    } else if (shard === undefined || shards === undefined || !(shard >= 0 && shard < shards)) {
      socket.close(GatewayCloseCodes.InvalidShard, 'Invalid shard.');
    } else {
      const id = randomBytes(16).toString('hex');
      const session: Session = { id, shard, shards, intents, sequence: 0, sent: [], connection };
      this.#sessions.set(id, session);
      connection.session = session;
      this.#introduce(session);
      this.#world.feed.publish({ kind: 'gateway', event: 'ready', shard });
    }
  }

  /** Sends READY with unavailable guilds, then each guild. */
  #introduce(session: Session): void {
    const { application, bot, gatewayUrl } = this.#world;
    const guilds = this.#world
      .guildsWithBot()
      .filter(({ id }) => shardOf(id, session.shards) === session.shard);
    this.#send(session, GatewayDispatchEvents.Ready, {
      v: 10,
      user: bot,
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: gatewayUrl,
      shard: [session.shard, session.shards],
      application: { id: application.id, flags: bits(ApplicationFlags, 0), flags_new: '0' },
    });
    if ((session.intents & GatewayIntentBits.Guilds) === 0) return;
    for (const guild of guilds) {
      this.#send(
        session,
        GatewayDispatchEvents.GuildCreate,
        this.#world.describeGuild(guild, session.intents),
      );
    }
  }

  #resume(connection: Connection, d: Form): void {
    const session = this.#sessions.get(d.text('session_id') ?? '');
    const seen = d.integer('seq') ?? 0;
    const oldest = session?.sent[0]?.s ?? 0;
    if (d.raw('token') !== this.#world.token) {
      connection.socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    } else if (session === undefined || seen < oldest - 1) {
      this.#push(connection, { op: GatewayOpcodes.InvalidSession, d: false });
    } else if (seen > session.sequence) {
      connection.socket.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq');
    } else {
      session.connection?.socket.terminate();
      session.connection = connection;
      connection.session = session;
      for (const { s, text } of session.sent) if (s > seen) connection.socket.send(text);
      this.#send(session, GatewayDispatchEvents.Resumed, undefined);
      this.#world.feed.publish({ kind: 'gateway', event: 'resumed', shard: session.shard });
    }
  }

  #send<Event extends GatewayDispatchEvents>(session: Session, event: Event, data: DataOf<Event>): void {
    session.sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: session.sequence, d: data });
    session.sent.push({ s: session.sequence, text });
    if (session.sent.length > replayable) session.sent.shift();
    session.connection?.socket.send(text);
  }

  #push(
    connection: Connection,
    payload: Exclude<GatewayReceivePayload, GatewayDispatchPayload> | Bare,
  ): void {
    connection.socket.send(JSON.stringify({ s: null, t: null, ...payload }));
  }

  #broadcast(payload: Bare): void {
    for (const connection of this.#connections) this.#push(connection, payload);
  }
}

/** A payload other than a dispatch, before its null fields `s` and `t` are added. */
interface Bare {
  readonly op: GatewayOpcodes;
  readonly d?: unknown;
}

interface ClientPayload {
  /** Undefined if there is no such opcode. */
  readonly op: GatewayOpcodes | undefined;
  readonly d: Form;
}

function parsePayload(data: RawData): ClientPayload | undefined {
  try {
    const form = new Form(JSON.parse((data as Buffer).toString()));
    return { op: form.choice('op', opcodes), d: new Form(form.raw('d')) };
  } catch {
    return undefined;
  }
}
