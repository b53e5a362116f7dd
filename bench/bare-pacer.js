/**
 * Sends a packet to a port of this machine every 20 ms, and does nothing else: how evenly that is possible at all, on
 * this machine at this time. Its clock follows the same rule as `src/voice/pacer.ts`, and it is as urgent as the thread
 * that sends a radio's packets.
 */
import { createSocket } from 'node:dgram';
import { raisePriority } from '../dist/threads/priority.js';

const port = Number(process.argv[2]);
const packetMs = 20;
const mostLateMs = 200;

const socket = createSocket('udp4');
const packet = Buffer.alloc(200);
let dueMs = performance.now();
raisePriority();

function tick() {
  const now = performance.now();
  if (now - dueMs > mostLateMs) dueMs = now;
  for (; dueMs <= now; dueMs += packetMs) socket.send(packet, port, '127.0.0.1');
  setTimeout(tick, Math.max(0, dueMs - performance.now()));
}

tick();
