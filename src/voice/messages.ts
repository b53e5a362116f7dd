/**
 * Messages between the voice threads and the main thread. The sound thread plays pieces and encodes them; the voice
 * thread has the connections and sends a packet every 20 ms. They are separate because decoding an instrument takes up
 * to a second, during which no packet would be sent.
 */
import type { DiscordGatewayAdapterLibraryMethods } from '@discordjs/voice';
import type { Piece } from '../music/piece.js';

/** Music to play on a line. */
export interface Source {
  /** Identifies it in later messages. */
  readonly id: number;
  readonly piece: Piece;
  /** The piece's file. */
  readonly midi: Uint8Array;
  /** Where in the piece to start. */
  readonly fromTick: number;
  /** Seconds of silence before it. */
  readonly breathSeconds: number;
}

/** To the sound thread. A line is the connection to one voice channel. */
export type ToSound = { readonly line: number } & (
  | { readonly type: 'open'; readonly lufs: number }
  | { readonly type: 'enqueue'; readonly source: Source }
  /** Drop everything after the music that is being heard. */
  | { readonly type: 'clear' }
  /** End a source at this position in seconds; at once if it has passed. */
  | { readonly type: 'cut'; readonly id: number; readonly seconds: number }
  /** Fade out the music that is being heard. */
  | { readonly type: 'skip'; readonly seconds?: number | undefined }
  | { readonly type: 'loudness'; readonly lufs: number }
  /** Fade in from silence what is not heard yet. */
  | { readonly type: 'fade-in' }
  | { readonly type: 'close' }
);

export type FromSound = { readonly line: number; readonly id: number } &
  /** Its first sound is heard. */
  (
    | { readonly type: 'begun' }
    /** Position up to which it was heard. */
    | { readonly type: 'at'; readonly seconds: number }
    /** Its last sound was heard. */
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

/** Why a connection ended. After `lost`, it can be tried again. */
export type LeftReason = 'kicked' | 'ended' | 'no-encryption' | 'no-answer' | 'lost';

/** Figures of one line since it was opened. */
export interface LineFigures {
  /** Number of packets. */
  readonly sent: number;
  /** How often a packet was more than 100 ms late. */
  readonly gaps: number;
  /** How often there was nothing to send during music. */
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
  /** Number of the first packet, counted from the start; they replace all earlier ones with these and later numbers. */
  readonly from: number;
  readonly packets: readonly Uint8Array[];
  /** Nothing follows for now, so running out of packets is expected. */
  readonly isEnd: boolean;
}

/** From the voice thread to the sound thread. */
export interface Played {
  readonly line: number;
  /** Number of packets since the start. */
  readonly packets: number;
}
