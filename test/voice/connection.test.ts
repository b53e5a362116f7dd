import { EventEmitter } from 'node:events';
import {
  joinVoiceChannel,
  VoiceConnectionDisconnectReason,
  VoiceConnectionStatus,
  type VoiceConnection,
  type VoiceConnectionState,
} from '@discordjs/voice';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection } from '../../src/voice/connection.js';

vi.mock(import('@discordjs/voice'), { spy: true });

/** The library's connection, whose states the test sets. */
class FakeConnection extends EventEmitter {
  state: { readonly status: VoiceConnectionStatus } = { status: VoiceConnectionStatus.Signalling };
  readonly sent: Buffer[] = [];
  readonly destroy = vi.fn<() => void>(() => this.become({ status: VoiceConnectionStatus.Destroyed }));
  readonly setSpeaking = vi.fn<(isSpeaking: boolean) => void>();

  playOpusPacket(packet: Buffer): boolean {
    this.sent.push(packet);
    return true;
  }

  become(state: Partial<VoiceConnectionState> & { readonly status: VoiceConnectionStatus }): void {
    const before = this.state;
    this.state = state;
    this.emit('stateChange', before, state);
  }

  /** Connects anew. @returns what closes this connection, with a code */
  connect(): (code: number) => void {
    const networking = new EventEmitter();
    this.become({ status: VoiceConnectionStatus.Connecting, networking } as unknown as VoiceConnectionState);
    return (code) => networking.emit('close', code);
  }

  isReady(): void {
    this.become({ status: VoiceConnectionStatus.Ready });
  }
}

let library: FakeConnection;
let connection: Connection;
let left: string[];

beforeEach(() => {
  vi.useFakeTimers();
  library = new FakeConnection();
  left = [];
  vi.mocked(joinVoiceChannel).mockReturnValueOnce(library as unknown as VoiceConnection);
  connection = new Connection({
    ...{ line: 1, server: '7', channel: '8', sendPayload: () => undefined },
    ...{ onReady: () => undefined, onPlayed: () => undefined },
    onLeft: (reason, code) => left.push(code === undefined ? reason : `${reason} ${code}`),
  });
});

afterEach(() => {
  connection.leave();
  vi.useRealTimers();
});

describe('a connection', () => {
  it('is given up when Discord does not answer, as for a full channel', () => {
    vi.advanceTimersByTime(14_900);
    expect(left).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(left).toEqual(['no-answer']);
    expect(library.destroy).toHaveBeenCalledOnce();
  });

  it('is given up after it was closed six times in a minute', () => {
    for (let times = 1; times <= 5; times++) library.connect()(4006);
    expect(left).toEqual([]);
    library.connect()(4006);
    expect(left).toEqual(['lost 4006']);
    expect(library.destroy).toHaveBeenCalledOnce();
  });

  it('is kept however often it is closed, if not more than five times a minute', () => {
    for (let times = 1; times <= 50; times++) {
      library.connect()(4006);
      vi.advanceTimersByTime(12_100);
    }
    expect(left).toEqual([]);
  });

  it('is given up when it was closed, and nobody moved it to another channel', () => {
    library.connect();
    library.isReady();
    const closed = {
      ...{ status: VoiceConnectionStatus.Disconnected, closeCode: 4014 },
      reason: VoiceConnectionDisconnectReason.WebSocketClose,
    } as const;
    library.become(closed as Partial<VoiceConnectionState> & typeof closed);
    library.connect();
    library.isReady();
    vi.advanceTimersByTime(60_000);
    expect(left).toEqual([]);
    library.become(closed as Partial<VoiceConnectionState> & typeof closed);
    vi.advanceTimersByTime(5100);
    expect(left).toEqual(['kicked 4014']);
  });

  it.each([
    ['once there are keys', 500],
    ['after two seconds, since nobody else may be there', 2000],
  ])('sends nothing before it is encrypted, and begins %s', (_, ms) => {
    connection.play(
      Array.from({ length: 75 }, () => Uint8Array.of(1)),
      0,
      false,
    );
    library.connect();
    library.isReady();
    connection.sound();
    vi.advanceTimersByTime(ms - 10);
    expect(library.sent).toEqual([]);
    if (ms < 2000) library.emit('transitioned', 1);
    vi.advanceTimersByTime(110);
    expect(library.sent.length).toBeGreaterThanOrEqual(5);
  });

  it('falls silent while it connects anew, and goes on by itself', () => {
    connection.play(
      Array.from({ length: 75 }, () => Uint8Array.of(1)),
      0,
      false,
    );
    connection.sound();
    library.connect();
    library.emit('transitioned', 1);
    library.isReady();
    vi.advanceTimersByTime(200);
    expect(library.sent.length).toBeGreaterThan(0);
    library.connect();
    vi.advanceTimersByTime(200);
    const before = library.sent.length;
    vi.advanceTimersByTime(1000);
    expect(library.sent).toHaveLength(before);
    library.isReady();
    library.emit('transitioned', 2);
    vi.advanceTimersByTime(200);
    expect(library.sent.length).toBeGreaterThan(before);
  });
});
