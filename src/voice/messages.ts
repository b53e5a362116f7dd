/**
 * What the threads of voice channels say to each other and to the main thread. One, the sound thread, plays pieces and
 * encodes them; the other, the voice thread, has the connections and sends a packet every 20 ms. They are two because
 * decoding an instrument takes up to a second, in which no packet would be sent.
 */
import type { DiscordGatewayAdapterLibraryMethods } from '@discordjs/voice';
import type { Piece } from '../music/piece.js';

/** Music for a line. */
export interface Source {
  /** By which it is told apart. */
  readonly id: number;
  readonly piece: Piece;
  /** The piece's file. */
  readonly midi: Uint8Array;
  /** Where it is to begin in the piece. */
  readonly fromTick: number;
  /** Silence before it. */
  readonly breathSeconds: number;
}

/** To the sound thread. A line is one voice channel. */
export type ToSound = { readonly line: number } & (
  | { readonly type: 'open'; readonly lufs: number }
  | { readonly type: 'enqueue'; readonly source: Source }
  /** Forget what was to come after what plays. */
  | { readonly type: 'clear' }
  /** What plays ends there, in seconds of the piece; at once if that is over. */
  | { readonly type: 'cut'; readonly seconds: number }
  /** What plays fades out. */
  | { readonly type: 'skip' }
  | { readonly type: 'loudness'; readonly lufs: number }
  /** From silence to where it is. */
  | { readonly type: 'fade-in' }
  | { readonly type: 'close' }
);

export type FromSound = { readonly line: number; readonly id: number } & (
  | { readonly type: 'begun' }
  /** So far it is encoded. */
  | { readonly type: 'at'; readonly seconds: number }
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly reason: string }
);

type ServerUpdate = Parameters<DiscordGatewayAdapterLibraryMethods['onVoiceServerUpdate']>[0];
type StateUpdate = Parameters<DiscordGatewayAdapterLibraryMethods['onVoiceStateUpdate']>[0];

/** What Discord's gateway says about a voice connection. */
export type GatewayNews =
  | { readonly type: 'server'; readonly data: ServerUpdate }
  | { readonly type: 'state'; readonly data: StateUpdate };

/** To the voice thread. */
export type ToVoice = { readonly line: number } & (
  | { readonly type: 'join'; readonly server: string; readonly channel: string }
  | GatewayNews
  /** Send nothing until `sound`. */
  | { readonly type: 'hush' }
  | { readonly type: 'sound' }
  | { readonly type: 'leave' }
);

/** Why a connection has ended. `lost` may be tried again. */
export type LeftReason = 'kicked' | 'ended' | 'no-encryption' | 'no-answer' | 'lost';

/** Of one line since it was opened. */
export interface LineFigures {
  /** Packets. */
  readonly sent: number;
  /** How often a packet was more than 100 ms late. */
  readonly gaps: number;
  /** How often there was nothing to send in the middle of music. */
  readonly starved: number;
}

export type FromVoice =
  | ({ readonly line: number } & (
      | { readonly type: 'gateway'; readonly payload: unknown }
      | { readonly type: 'ready' }
      | { readonly type: 'left'; readonly reason: LeftReason; readonly code?: number }
      | { readonly type: 'figures'; readonly figures: LineFigures }
    ))
  | { readonly type: 'fault'; readonly message: string };

/** From the sound thread to the voice thread. */
export interface Packets {
  readonly line: number;
  readonly packets: readonly Uint8Array[];
  /** Nothing follows for now: the end is no accident. */
  readonly isEnd: boolean;
}

/** From the voice thread to the sound thread. */
export interface Played {
  readonly line: number;
  readonly packets: number;
}
