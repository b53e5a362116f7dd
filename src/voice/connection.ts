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

/** Time limit for joining a channel; Discord does not answer at all for a full one. */
const joinWithinMs = 15_000;
/** How long after closing a connection Discord may announce that it was a move. */
const moveWithinMs = 5000;
/** How long to wait for the encryption keys before the first packet. */
const keysWithinMs = 2000;
/** Maximum number of reconnections per minute. */
const mostRejoins = 5;

/**
 * Close codes after which reconnecting is pointless, with the reason.
 * https://discord.com/developers/docs/topics/voice-connections
 */
const finalClosings: ReadonlyMap<number, LeftReason> = new Map([
  [4017, 'no-encryption'],
  [4021, 'ended'],
  [4022, 'ended'],
]);

export interface ConnectionOptions {
  readonly line: number;
  readonly server: string;
  readonly channel: string;
  /** Sends a payload to Discord's gateway. */
  readonly sendPayload: (payload: unknown) => void;
  readonly onReady: () => void;
  /** Called once; no other callback follows. */
  readonly onLeft: (reason: LeftReason, code?: number) => void;
  /** Called when a packet leaves the buffer. @param packets how many have by now */
  readonly onPlayed: (packets: number) => void;
}

/** One voice connection. Reconnects a limited number of times, and sends packets at the right pace. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #connection: VoiceConnection;
  readonly #pacer: Pacer;
  #gateway: DiscordGatewayAdapterLibraryMethods | undefined;
  /** When it was closed lately, in milliseconds. */
  #closings: number[] = [];
  #isOver = false;
  #isHushed = true;
  #timer: NodeJS.Timeout | undefined;
  /** The library's networking object: kept when the session is resumed, replaced when it is not. */
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
      // The library identifies connections by server and group; a process may run several bots.
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
    // Without a listener, an error would end the thread. A state change follows it.
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

  /** Plays packets: {@link Pacer.add}. */
  play(packets: readonly Uint8Array[], from: number, isEnd: boolean): void {
    this.#pacer.add(packets, from, isEnd);
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
        // The library's own listener runs first and rejoins whatever the reason.
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

/** The same bytes as a Buffer, which the library expects. */
function packetBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
