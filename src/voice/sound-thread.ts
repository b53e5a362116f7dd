import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { FromSound, Packets, Played, ToSound } from './messages.js';
import { SoundLine } from './sound-line.js';

export interface SoundThreadData {
  /** To the voice thread. */
  readonly voice: MessagePort;
  readonly soundFont?: string | undefined;
}

const { voice, soundFont } = workerData as SoundThreadData;
const main = parentPort!;
const lines = new Map<number, SoundLine>();

main.on('message', (message: ToSound) => {
  const { line } = message;
  if (message.type === 'open') {
    const { lufs } = message;
    lines.set(
      line,
      new SoundLine({
        ...{ lufs, soundFont },
        tell: (news) => main.postMessage({ ...news, line } satisfies FromSound),
        send: (packets) => voice.postMessage({ ...packets, line } satisfies Packets),
      }),
    );
    return;
  }
  lines.get(line)?.obey(message);
  if (message.type === 'close') lines.delete(line);
});

voice.on('message', ({ line, packets }: Played) => lines.get(line)?.sent(packets));
