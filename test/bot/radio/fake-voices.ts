import { GatewayOpcodes } from 'discord.js';
import type { LineFigures, Source } from '../../../src/voice/messages.js';
import type { Line, LineEvents, OpenGateway, Voices } from '../../../src/voice/voices.js';

/** A connection that the test controls: it is in the channel, but nothing is sent there. */
export interface FakeLine {
  readonly channel: string;
  readonly events: LineEvents;
  /** What is to be played. */
  readonly queue: Source[];
  /** How long each fade was to take, in seconds; undefined if that was not said. */
  readonly fades: (number | undefined)[];
  figures: LineFigures;
  /** How loud it plays. */
  lufs: number;
  isSounding: boolean;
  hasLeft: boolean;
}

/** Voices without threads and without sound. */
export class FakeVoices implements Pick<Voices, 'join' | 'close'> {
  readonly lines: FakeLine[] = [];

  /** The newest line. */
  get line(): FakeLine {
    return this.lines.at(-1)!;
  }

  join(server: string, channel: string, lufs: number, open: OpenGateway, events: LineEvents): Line {
    const gateway = open(() => undefined);
    const line: FakeLine = {
      ...{ channel, lufs, events, queue: [], fades: [], isSounding: false, hasLeft: false },
      figures: { sent: 0, gaps: 0, starved: 0 },
    };
    this.lines.push(line);
    const enter = (id: string | null): void => {
      gateway.send({
        op: GatewayOpcodes.VoiceStateUpdate,
        d: { guild_id: server, channel_id: id, self_mute: false, self_deaf: true },
      });
    };
    enter(channel);
    return {
      get figures() {
        return line.figures;
      },
      enqueue: (source) => void line.queue.push(source),
      clear: () => void line.queue.splice(0),
      cut: () => undefined,
      skip: (seconds) => void line.fades.push(seconds),
      setLoudness: (changed) => void (line.lufs = changed),
      hush: () => void (line.isSounding = false),
      sound: () => void (line.isSounding = true),
      leave() {
        line.hasLeft = true;
        enter(null);
        gateway.close();
      },
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
