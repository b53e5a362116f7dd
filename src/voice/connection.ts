import {
  joinVoiceChannel,
  VoiceConnectionDisconnectReason,
  VoiceConnectionStatus,
  type DiscordGatewayAdapterLibraryMethods,
  type VoiceConnection,
  type VoiceConnectionState,
} from '@discordjs/voice';
import type { GatewayNews, LeftReason, LineFigures } from './messages.js';
import { Pacer } from './pacer.js';

/** How long it may take to come into a channel: of a full one nothing is heard at all. */
const joinWithinMs = 15_000;
/** How long Discord has to say, after it closed a connection, that it was a move. */
const moveWithinMs = 5000;
/** The first packets would go out before anybody has the keys. */
const keysWithinMs = 2000;
/** So often in a minute a connection is built anew. */
const mostRejoins = 5;

/** Closings after which nothing is tried again, and why. https://discord.com/developers/docs/topics/voice-connections */
const finalClosings: ReadonlyMap<number, LeftReason> = new Map([
  [4017, 'no-encryption'],
  [4021, 'ended'],
  [4022, 'ended'],
]);

export interface ConnectionOptions {
  readonly line: number;
  readonly server: string;
  readonly channel: string;
  /** For Discord's gateway. */
  readonly sendPayload: (payload: unknown) => void;
  readonly onReady: () => void;
  /** Once; nothing is said afterwards. */
  readonly onLeft: (reason: LeftReason, code?: number) => void;
  /** A packet left the buffer. */
  readonly onPlayed: () => void;
}

/** One voice connection: keeps it alive within bounds, and sends packets at their pace. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #connection: VoiceConnection;
  readonly #pacer: Pacer;
  #gateway: DiscordGatewayAdapterLibraryMethods | undefined;
  /** Times in milliseconds of the latest closings. */
  #closings: number[] = [];
  #isOver = false;
  #isHushed = true;
  #timer: NodeJS.Timeout | undefined;
  /** What the connection consists of: the same when it is resumed, another one when it is built anew. */
  #networking: unknown;
  #hasKeys = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#pacer = new Pacer({
      send: (packet) => this.#connection.playOpusPacket(packetBuffer(packet)) === true,
      onTaken: options.onPlayed,
      onQuiet: () => this.#connection.setSpeaking(false),
    });
    this.#connection = joinVoiceChannel({
      guildId: options.server,
      channelId: options.channel,
      // Connections are told apart by server and group; there may be several bots in a process.
      group: String(options.line),
      selfDeaf: true,
      adapterCreator: (methods) => {
        this.#gateway = methods;
        return {
          sendPayload(payload: unknown) {
            options.sendPayload(payload);
            return true;
          },
          destroy: () => undefined,
        };
      },
    });
    this.#connection.on('stateChange', (_, state) => this.#changed(state));
    this.#connection.on('transitioned', () => this.#keysAreThere());
    // Without a listener, it would end the thread. What follows is a change of state.
    this.#connection.on('error', () => undefined);
    this.#within(joinWithinMs, 'no-answer');
  }

  get figures(): LineFigures {
    return this.#pacer.figures;
  }

  hear(news: GatewayNews): void {
    if (news.type === 'server') this.#gateway?.onVoiceServerUpdate(news.data);
    else this.#gateway?.onVoiceStateUpdate(news.data);
  }

  play(packets: readonly Uint8Array[], isEnd: boolean): void {
    this.#pacer.add(packets, isEnd);
  }

  hush(): void {
    this.#isHushed = true;
    this.#pacer.hush();
  }

  sound(): void {
    this.#isHushed = false;
    if (this.#connection.state.status === VoiceConnectionStatus.Ready && this.#hasKeys) this.#pacer.sound();
  }

  leave(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#pacer.stop();
    if (this.#connection.state.status !== VoiceConnectionStatus.Destroyed) this.#connection.destroy();
  }

  #changed(state: VoiceConnectionState): void {
    if (this.#isOver) return;
    clearTimeout(this.#timer);
    switch (state.status) {
      case VoiceConnectionStatus.Connecting: {
        this.#within(joinWithinMs, 'lost');
        const { networking } = state;
        if (networking === this.#networking) break;
        this.#networking = networking;
        this.#hasKeys = false;
        this.#pacer.hush();
        // The library listens before, and joins again whatever the reason.
        networking.once('close', (code: number) => this.#closed(code));
        break;
      }
      case VoiceConnectionStatus.Signalling:
        this.#pacer.hush();
        this.#within(joinWithinMs, 'lost');
        break;
      case VoiceConnectionStatus.Ready: {
        this.#options.onReady();
        if (this.#hasKeys) this.#keysAreThere();
        else this.#timer = setTimeout(() => this.#keysAreThere(), keysWithinMs);
        break;
      }
      case VoiceConnectionStatus.Disconnected:
        this.#pacer.hush();
        if (state.reason === VoiceConnectionDisconnectReason.WebSocketClose)
          this.#within(moveWithinMs, 'kicked', state.closeCode);
        else if (state.reason === VoiceConnectionDisconnectReason.EndpointRemoved)
          this.#within(joinWithinMs, 'lost');
        else this.#left('kicked');
        break;
      case VoiceConnectionStatus.Destroyed:
        this.#left('lost');
    }
  }

  #keysAreThere(): void {
    this.#hasKeys = true;
    if (this.#connection.state.status !== VoiceConnectionStatus.Ready) return;
    clearTimeout(this.#timer);
    if (!this.#isHushed) this.#pacer.sound();
  }

  #closed(code: number): void {
    if (this.#isOver) return;
    this.#hasKeys = false;
    const final = finalClosings.get(code);
    if (final !== undefined) {
      this.#left(final, code);
      return;
    }
    const now = performance.now();
    this.#closings = [...this.#closings.filter((at) => now - at < 60_000), now];
    if (this.#closings.length > mostRejoins) this.#left('lost', code);
  }

  #within(ms: number, otherwise: LeftReason, code?: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#left(otherwise, code), ms);
  }

  #left(reason: LeftReason, code?: number): void {
    if (this.#isOver) return;
    this.leave();
    this.#options.onLeft(reason, code);
  }
}

/** The same bytes, as the library takes them. */
function packetBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
