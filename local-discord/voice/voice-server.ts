import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RemoteInfo } from 'node:dgram';
import { VoiceCloseCodes, VoiceOpcodes } from 'discord-api-types/voice/v8';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { Form } from '../rules/form.js';
import { certificateFile, certificateKey } from './certificate.js';
import { refusalOf, type Invitation } from './invitation.js';
import { decryptPacket, isRtp, ssrcOf } from './transport.js';
import { UdpPort } from './udp-port.js';
import type { VoiceFaults } from './voice-faults.js';
import type { VoiceRoom } from './voice-room.js';
import { VoiceSession, type Credentials } from './voice-session.js';
import { Wire } from './wire.js';

interface Connection {
  readonly wire: Wire;
  session?: VoiceSession | undefined;
  readonly heartbeatTimer: NodeJS.Timeout;
}

/** Callbacks of the voice server to its host. */
export interface VoiceHost {
  /** Whether others can currently hear this bot. */
  isAudible(session: VoiceSession): boolean;
  /**
   * A bot has connected or disconnected.
   * @param code close code
   */
  tell(event: 'identified' | 'resumed' | 'closed', session: VoiceSession, code?: number): void;
  /** Reports a client's mistake that Discord would not report to it. */
  complain(problem: string): void;
}

const opcodes = Object.values(VoiceOpcodes).filter((code) => typeof code === 'number');
/** After these codes, and when a connection is lost, a session can be resumed. */
const isResumable = (code: number): boolean => code === crashed || code < 4000;
const crashed: number = VoiceCloseCodes.VoiceServerCrashed;
/** Packets may overtake the announcement of their sound, which comes by another connection. */
const announcedWithinMs = 1000;

/** Discord's voice server: version 8 of its gateway over TLS, and audio over UDP. */
export class VoiceServer {
  readonly #host: VoiceHost;
  readonly #faults: VoiceFaults;
  readonly #heartbeatIntervalMs: number;
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  /** By the guild's id. */
  readonly #invitations = new Map<string, Invitation>();
  readonly #sessions = new Set<VoiceSession>();
  #udp!: UdpPort;
  #packets = 0;

  private constructor(host: VoiceHost, faults: VoiceFaults, heartbeatIntervalMs: number) {
    this.#host = host;
    this.#faults = faults;
    this.#heartbeatIntervalMs = heartbeatIntervalMs;
    this.#http = createServer({ key: certificateKey(), cert: readFileSync(certificateFile) });
    this.#http.on('upgrade', (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const { searchParams } = new URL(request.url ?? '/', 'wss://localhost');
        if (searchParams.get('v') === '8') this.#welcome(webSocket);
        else webSocket.close(VoiceCloseCodes.UnknownProtocol, 'Unknown gateway version');
      });
    });
  }

  static async start(
    host: VoiceHost,
    faults: VoiceFaults,
    heartbeatIntervalMs: number,
  ): Promise<VoiceServer> {
    const server = new VoiceServer(host, faults, heartbeatIntervalMs);
    server.#udp = await UdpPort.open((packet, from) => server.#take(packet, from), faults);
    await new Promise<void>((resolve, reject) => {
      server.#http.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  /** Host and port, as in VOICE_SERVER_UPDATE. */
  get endpoint(): string {
    return `127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /**
   * Allows a bot to identify for a guild; ends its existing session there.
   * @returns its token
   */
  expect(bot: Omit<Credentials, 'token'>, room: VoiceRoom): string {
    this.forget(bot.guildId, VoiceCloseCodes.Disconnected);
    const token = randomBytes(12).toString('hex');
    this.#invitations.set(bot.guildId, { credentials: { ...bot, token }, room });
    return token;
  }

  /**
   * The bot has left a guild's voice.
   * @param code close code for its connection
   */
  forget(guildId: string, code: number): void {
    this.#invitations.delete(guildId);
    this.drop(code, guildId);
  }

  sessionIn(guildId: string): VoiceSession | undefined {
    return [...this.#sessions].find(({ credentials }) => credentials.guildId === guildId);
  }

  /**
   * Closes connections.
   * @param code close code; without one they are lost
   * @param guildId all guilds by default
   */
  drop(code?: number, guildId?: string): void {
    for (const session of [...this.#sessions]) {
      if (guildId !== undefined && session.credentials.guildId !== guildId) continue;
      session.close(code);
      if (!isResumable(code ?? 1006)) this.#end(session);
    }
  }

  async stop(): Promise<void> {
    for (const { wire, heartbeatTimer } of this.#connections) {
      clearTimeout(heartbeatTimer);
      wire.cut();
    }
    for (const session of [...this.#sessions]) this.#end(session);
    this.#udp.close();
    this.#sockets.close();
    this.#http.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
    });
  }

  #welcome(socket: WebSocket): void {
    const wire = new Wire(socket, this.#faults);
    const timeOut = (): void => wire.close(VoiceCloseCodes.SessionTimeout, 'Session timed out');
    const heartbeatTimer = setTimeout(timeOut, this.#heartbeatIntervalMs * 1.5 + 1000);
    const connection: Connection = { wire, heartbeatTimer };
    this.#connections.add(connection);
    socket.on('message', (data, isBinary) => this.#receive(connection, data, isBinary));
    socket.on('close', (code) => this.#closed(connection, code));
    socket.on('error', () => wire.cut());
    send(wire, VoiceOpcodes.Hello, { v: 8, heartbeat_interval: this.#heartbeatIntervalMs });
  }

  #closed(connection: Connection, code: number): void {
    this.#connections.delete(connection);
    clearTimeout(connection.heartbeatTimer);
    const { session } = connection;
    if (session === undefined) return;
    this.#host.tell('closed', session, code);
    if (session.wire !== connection.wire) return;
    session.disconnect();
    // A client that closes normally cannot resume.
    if (code === 1000 || !isResumable(code)) this.#end(session);
  }

  #receive(connection: Connection, data: RawData, isBinary: boolean): void {
    try {
      if (isBinary) this.#obeyBinary(connection, data as Buffer);
      else {
        const form = new Form(JSON.parse((data as Buffer).toString()));
        this.#obey(connection, form.choice('op', opcodes), new Form(form.raw('d')));
      }
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
      this.#host.complain(`A message that cannot be read: ${error.message}`);
      connection.wire.close(VoiceCloseCodes.FailedToDecode, 'Failed to decode payload');
    }
  }

  #obeyBinary({ wire, session }: Connection, data: Buffer): void {
    const op = new Form({ op: data[0] }).choice('op', opcodes);
    if (op === undefined) wire.close(VoiceCloseCodes.UnknownOpcode, 'Unknown opcode');
    else if (session === undefined) wire.close(VoiceCloseCodes.NotAuthenticated, 'Not authenticated');
    else session.room.receiveBinary(session, op, data.subarray(1));
  }

  #obey(connection: Connection, op: VoiceOpcodes | undefined, d: Form): void {
    const { wire, session } = connection;
    if (op === undefined) wire.close(VoiceCloseCodes.UnknownOpcode, 'Unknown opcode');
    else if (op === VoiceOpcodes.Heartbeat) this.#heartbeat(connection, d);
    else if (op === VoiceOpcodes.Identify || op === VoiceOpcodes.Resume) {
      if (session) wire.close(VoiceCloseCodes.AlreadyAuthenticated, 'Already authenticated');
      else if (op === VoiceOpcodes.Identify) this.#identify(connection, d);
      else this.#resume(connection, d);
    } else if (session === undefined) wire.close(VoiceCloseCodes.NotAuthenticated, 'Not authenticated');
    else if (op === VoiceOpcodes.SelectProtocol) this.#select(wire, session, d);
    else if (op === VoiceOpcodes.Speaking) this.#speak(session, d);
    else session.room.receive(session, op, d);
  }

  #heartbeat({ wire, session, heartbeatTimer }: Connection, d: Form): void {
    heartbeatTimer.refresh();
    const nonce = d.integer('t');
    const acknowledged = d.integer('seq_ack');
    if (nonce === undefined || acknowledged === undefined) {
      wire.close(VoiceCloseCodes.BadRequest, 'A heartbeat needs t and seq_ack');
      return;
    }
    session?.acknowledge(acknowledged);
    if (this.#faults.acknowledgesHeartbeats) send(wire, VoiceOpcodes.HeartbeatAck, { t: nonce });
  }

  #identify(connection: Connection, d: Form): void {
    const { wire } = connection;
    const invitation = this.#invitations.get(d.text('server_id') ?? '');
    const refusal = refusalOf(d, invitation);
    const fault = this.#faults.refusals.shift();
    if (fault !== undefined) wire.close(fault);
    else if (refusal) wire.close(refusal.code, refusal.reason);
    else if (invitation) this.#admit(connection, invitation);
  }

  #admit(connection: Connection, { credentials, room }: Invitation): void {
    const before = this.sessionIn(credentials.guildId);
    if (before) this.#end(before);
    const session = new VoiceSession(credentials, randomBytes(4).readUInt32BE(), room, this.#faults);
    this.#sessions.add(session);
    connection.session = session;
    session.connect(connection.wire, 0);
    session.tell(VoiceOpcodes.Ready, {
      ssrc: session.ssrc,
      ip: '127.0.0.1',
      port: this.#udp.port,
      modes: this.#faults.modes,
    });
    this.#host.tell('identified', session);
  }

  #resume(connection: Connection, d: Form): void {
    const session = this.sessionIn(d.text('server_id') ?? '');
    const isTheirs =
      d.raw('token') === session?.credentials.token && d.raw('session_id') === session?.credentials.sessionId;
    if (session === undefined || !isTheirs) {
      connection.wire.close(VoiceCloseCodes.SessionNoLongerValid, 'Session is no longer valid');
      return;
    }
    session.close();
    connection.session = session;
    send(connection.wire, VoiceOpcodes.Resumed, null);
    session.connect(connection.wire, d.integer('seq_ack') ?? 0);
    this.#host.tell('resumed', session);
  }

  #select(wire: Wire, session: VoiceSession, d: Form): void {
    const data = d.object('data');
    const mode = data?.choice('mode', this.#faults.modes);
    if (d.raw('protocol') !== 'udp') wire.close(VoiceCloseCodes.UnknownProtocol, 'Unknown protocol');
    else if (mode === undefined) {
      wire.close(VoiceCloseCodes.UnknownEncryptionMode, 'Unknown encryption mode');
    } else {
      const { key } = session.select(mode);
      session.address = { address: data?.text('address') ?? '', port: data?.integer('port') ?? 0 };
      session.tell(VoiceOpcodes.SessionDescription, {
        mode,
        secret_key: [...key],
        dave_protocol_version: session.room.daveVersion,
      });
      session.room.enter(session);
    }
  }

  #speak(session: VoiceSession, d: Form): void {
    session.hasSpoken = true;
    session.room.tellOthers(session, VoiceOpcodes.Speaking, {
      speaking: d.integer('speaking') ?? 0,
      ssrc: session.ssrc,
      user_id: session.userId,
    });
  }

  #take(packet: Buffer, from: RemoteInfo): void {
    const at = performance.now();
    this.#packets += 1;
    if (this.#faults.loses(this.#packets) || !isRtp(packet)) return;
    const session = [...this.#sessions].find(({ ssrc }) => ssrc === ssrcOf(packet));
    if (session?.transport === undefined || session.address?.port !== from.port) return;
    if (!session.hasSpoken) {
      session.unannouncedMs ??= at;
      if (at - session.unannouncedMs > announcedWithinMs) {
        this.#host.complain('Sound without a word of it (op 5)');
        return;
      }
    }
    try {
      const frame = decryptPacket(packet, session.transport);
      if (this.#host.isAudible(session))
        session.room.forward(session, { ...frame, userId: session.userId, at });
    } catch (error) {
      this.#host.complain(`A packet that cannot be decrypted: ${String(error)}`);
    }
  }

  #end(session: VoiceSession): void {
    if (this.#sessions.delete(session)) session.room.leave(session);
  }
}

function send(wire: Wire, op: VoiceOpcodes, data: unknown): void {
  wire.send(JSON.stringify({ op, d: data }));
}
