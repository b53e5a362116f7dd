// Imported before the voice library, which loads it without awaiting it: a packet sent earlier would end the thread.
import '@noble/ciphers/chacha.js';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { raisePriority } from '../threads/priority.js';
import { Connection } from './connection.js';
import type { FromVoice, Packets, Played, ToVoice } from './messages.js';

export interface VoiceThreadData {
  /** To the sound thread. */
  readonly sound: MessagePort;
}

/** Sent packets are reported in batches of this size. */
const playedAtOnce = 5;
const figuresEveryMs = 2000;

const { sound } = workerData as VoiceThreadData;
const main = parentPort!;
const connections = new Map<number, Connection>();

// The library throws in its timers, where nothing can catch it; other connections must continue.
process.on('uncaughtException', (error) => tell({ type: 'fault', message: error.stack ?? error.message }));
process.on('unhandledRejection', (error) => tell({ type: 'fault', message: String(error) }));

raisePriority();
await nextTurn();

main.on('message', (message: ToVoice) => {
  const { line } = message;
  if (message.type === 'join') {
    connections.set(line, join(line, message.server, message.channel));
    return;
  }
  const connection = connections.get(line);
  if (connection === undefined) return;
  switch (message.type) {
    case 'server':
    case 'state':
      connection.hear(message);
      return;
    case 'hush':
      connection.hush();
      return;
    case 'sound':
      connection.sound();
      return;
    case 'leave':
      connection.leave();
      tell({ type: 'figures', line, figures: connection.figures });
      connections.delete(line);
  }
});

sound.on('message', ({ line, packets, from, isEnd }: Packets) =>
  connections.get(line)?.play(packets, from, isEnd),
);

setInterval(() => {
  for (const [line, { figures }] of connections) tell({ type: 'figures', line, figures });
}, figuresEveryMs);

function join(line: number, server: string, channel: string): Connection {
  return new Connection({
    ...{ line, server, channel },
    sendPayload: (payload) => tell({ type: 'gateway', line, payload }),
    onReady: () => tell({ type: 'ready', line }),
    onLeft: (reason, code) => {
      tell({ type: 'left', line, reason, ...(code !== undefined && { code }) });
      connections.delete(line);
    },
    onPlayed: (packets) => {
      if (packets % playedAtOnce === 0) sound.postMessage({ line, packets } satisfies Played);
    },
  });
}

function tell(message: FromVoice): void {
  main.postMessage(message);
}
