import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { FromSound, Packets, Played, ToSound } from './messages.js';
import { SoundPlayer, type News } from './sound-player.js';

export interface SoundThreadData {
  /** To the voice thread. */
  readonly voice: MessagePort;
  readonly soundFont?: string | undefined;
}

/** Number of packets encoded ahead, 1.5 s: time to decode an instrument. */
const mostAhead = 75;

interface Line {
  readonly player: SoundPlayer;
  /** Number of packets passed to the voice thread and not yet sent. */
  ahead: number;
  isPlaying: boolean;
  isClosed: boolean;
}

const { voice, soundFont } = workerData as SoundThreadData;
const main = parentPort!;
const lines = new Map<number, Line>();

main.on('message', (message: ToSound) => {
  const { line: number } = message;
  if (message.type === 'open') {
    const tell = (news: News): void => main.postMessage({ ...news, line: number } satisfies FromSound);
    const player = new SoundPlayer({ lufs: message.lufs, soundFont, tell });
    lines.set(number, { player, ahead: 0, isPlaying: false, isClosed: false });
    return;
  }
  const line = lines.get(number);
  if (line === undefined) return;
  obey(line, message);
  if (message.type === 'close') lines.delete(number);
  else void play(number, line);
});

voice.on('message', ({ line: number, packets }: Played) => {
  const line = lines.get(number);
  if (line === undefined) return;
  line.ahead -= packets;
  void play(number, line);
});

function obey({ player }: Line, message: Exclude<ToSound, { type: 'open' }>): void {
  if (message.type === 'enqueue') player.enqueue(message.source);
  else if (message.type === 'clear') player.clear();
  else if (message.type === 'cut') player.cut(message.seconds);
  else if (message.type === 'skip') player.skip(message.seconds);
  else if (message.type === 'loudness') player.lufs = message.lufs;
  else if (message.type === 'fade-in') player.fadeIn();
  else lines.get(message.line)!.isClosed = true;
}

/** Renders until enough is buffered, in turns with the other lines. */
async function play(number: number, line: Line): Promise<void> {
  if (line.isPlaying) return;
  line.isPlaying = true;
  while (line.ahead < mostAhead && !line.isClosed) {
    const packets = await line.player.packets();
    line.ahead += packets.length;
    const isEnd = line.player.isIdle;
    if (packets.length > 0) voice.postMessage({ line: number, packets, isEnd } satisfies Packets);
    else if (isEnd) break;
    await nextTurn();
  }
  line.isPlaying = false;
  if (line.isClosed) await line.player.close();
}
