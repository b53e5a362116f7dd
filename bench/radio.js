/**
 * Radios play for some minutes to a listener each, who decrypts and decodes every packet, while a bare pacer beside
 * them shows how evenly packets can be sent on this machine at all. Prints a table, and exits with 1 if something is out
 * of bounds. `npm run bench:radio -- --minutes 60`
 *
 * With `--style pop`, the radios play songs. With `--radios 4 --people 50`, people compose meanwhile. With `--blocked`, the
 * bot's main thread is blocked for 300 ms of every second, in every second minute.
 */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { keepMostUrgentThreadOn } from './measure-process.js';
import { ms, openStage, quantile, seconds, sorted, Table } from './stage.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    radios: { type: 'string', default: '1' },
    people: { type: 'string', default: '0' },
    /** Average pause between a person's actions, in seconds. */
    pause: { type: 'string', default: '45' },
    /** Of the music; a piano plays without one. */
    style: { type: 'string' },
    blocked: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const { blocked, style } = values;
const [minutes, radios, people, pause, seed] = ['minutes', 'radios', 'people', 'pause', 'seed'].map((name) =>
  Number(values[name]),
);

/** A gap that is heard by attentive listeners, and one that nobody misses. */
const heardMs = 100;
const plainMs = 150;
const packetMs = 20;
const frameSamples = 960;
const stepMs = 10_000;
const settleMs = 20_000;

/** Gaps between packets: a histogram in ms, and the long ones with their times. */
class Gaps {
  #times = new Uint32Array(10_000);
  longestMs = 0;
  /** Longer than 40 ms: start and duration. */
  long = [];
  #lastMs;

  /** @param isPause whether silence was announced before */
  add(atMs, isPause = false) {
    const fromMs = this.#lastMs;
    this.#lastMs = atMs;
    if (fromMs === undefined || isPause) return;
    const gap = atMs - fromMs;
    this.longestMs = Math.max(this.longestMs, gap);
    if (gap > 2 * packetMs) this.long.push({ fromMs, gap });
    this.#times[Math.min(Math.floor(gap), this.#times.length - 1)]++;
  }

  restart() {
    this.#times.fill(0);
    this.longestMs = 0;
    this.long = [];
  }

  over(limitMs) {
    return this.#times.subarray(limitMs).reduce((sum, times) => sum + times, 0);
  }

  /**
   * The number of gaps over a limit that a pacer did not have at the same time. As the two send at different moments,
   * the same delay makes a gap that is up to a packet longer for one of them.
   */
  beyond(limitMs, pacer) {
    const explains = (a) => (b) =>
      b.fromMs < a.fromMs + a.gap && a.fromMs < b.fromMs + b.gap && b.gap >= a.gap - packetMs;
    return this.long.filter((each) => each.gap > limitMs && !pacer.long.some(explains(each))).length;
  }

  quantile(part) {
    let left = part * this.over(0);
    return this.#times.findIndex((times) => (left -= times) <= 0);
  }

  /** Gaps over 100 ms, over 150 ms, the 99th percentile and the longest one. */
  toString() {
    return `${this.over(heardMs)}, ${this.over(plainMs)}, ${this.quantile(0.99)} ms, ${ms(this.longestMs)}`;
  }
}

/** What a listener heard, packet by packet. */
class Heard {
  frames = 0;
  failures = 0;
  plain = 0;
  silent = 0;
  lost = 0;
  disordered = 0;
  wrongTimestamps = 0;
  /** While the main thread was left alone, and while it was blocked. */
  gaps = [new Gaps(), new Gaps()];
  #before;

  add(frame) {
    const before = this.#before;
    this.#before = frame;
    this.frames += 1;
    if (frame.failure !== undefined) this.failures += 1;
    if (frame.kind === 'plain') this.plain += 1;
    if (frame.kind === 'silence') this.silent += 1;
    for (const [n, gaps] of this.gaps.entries()) {
      gaps.add(frame.at, before?.kind === 'silence' || n !== Number(isBlocked));
    }
    if (before === undefined || before.ssrc !== frame.ssrc) return;
    const steps = ((frame.sequence - before.sequence) << 16) >> 16;
    if (steps > 1) this.lost += steps - 1;
    if (steps < 1) this.disordered += 1;
    if (((frame.timestamp - before.timestamp) | 0) !== steps * frameSamples) this.wrongTimestamps += 1;
  }
}

let isBlocked = false;
const certificate = fileURLToPath(new URL('../local-discord/voice/certificate.pem', import.meta.url));
const stage = await openStage({
  users: people,
  seed,
  settings: {
    ...{ VOICE: 'on', RADIOS: String(radios), LOG_LEVEL: 'fatal', NODE_EXTRA_CA_CERTS: certificate },
    ...(blocked && { NODE_OPTIONS: `--import=${new URL('block-main.js', import.meta.url).href}` }),
  },
});
const { discord } = stage;
const listeners = [];
let firstMs = 0;
for (const [n, channel] of stage.channels.slice(0, radios).entries()) {
  const room = discord.addVoiceChannel(channel.guild, 'radio');
  const listener = discord.user({ name: `Listener ${n}` }).in(channel);
  const ears = await listener.joinVoice(room);
  const askedMs = performance.now();
  await (await listener.slash('radio start', style === undefined ? {} : { style })).answered();
  await ears.hears(1);
  firstMs = Math.max(firstMs, performance.now() - askedMs);
  const heard = new Heard();
  listeners.push({ ears, heard, stop: ears.watch((frame) => heard.add(frame)) });
}

const bare = [new Gaps(), new Gaps()];
const socket = createSocket('udp4').on('message', () => {
  const atMs = performance.now();
  for (const [n, gaps] of bare.entries()) gaps.add(atMs, n !== Number(isBlocked));
});
socket.bind(0, '127.0.0.1');
await once(socket, 'listening');
const pacer = spawn(
  process.execPath,
  [fileURLToPath(new URL('bare-pacer.js', import.meta.url)), String(socket.address().port)],
  { stdio: 'inherit' },
);
process.once('exit', () => pacer.kill('SIGKILL'));
// Gaps are compared once both run evenly: starting a process and the first pieces takes a few seconds of CPU.
await sleep(settleMs);
// A virtual core that is taken away for a moment holds up only what runs on it: both senders run on the same one.
const [radioNiceness, pacerNiceness] = [stage.pid, pacer.pid].map((pid) => keepMostUrgentThreadOn(0, pid));
if (radioNiceness !== pacerNiceness) throw new Error('The radio and the bare pacer are not equally urgent');
for (const gaps of [bare, ...listeners.map(({ heard }) => heard.gaps)].flat()) gaps.restart();

const beganMs = performance.now();
const cpuAtStart = stage.cpuMs();
const endMs = beganMs + minutes * 60_000;
const living = Promise.all(
  stage.people.map((person) => person.live(() => performance.now() >= endMs, pause * 1000)),
);
const memory = [];
for (let step = 1; step <= (minutes * 60_000) / stepMs; step++) {
  await sleep(beganMs + step * stepMs - performance.now());
  memory.push(stage.resident());
  for (const { ears } of listeners) ears.forget();
  if (blocked && step % (60_000 / stepMs) === 0) {
    process.kill(stage.pid, 'SIGUSR2');
    isBlocked = !isBlocked;
  }
  if (step % 30 === 0) {
    console.error(
      `${Math.round((step * stepMs) / 60_000)} min: ${memory.at(-1).toFixed(0)} MiB,`,
      `${((stage.cpuMs() - cpuAtStart) / (step * (stepMs / 1000))).toFixed(0)} ms of CPU a second;`,
      listeners.map(({ heard }) => `gaps ${heard.gaps.join('; ')}`).join(' | '),
      `bare ${bare.join('; ')}`,
    );
  }
}
const cpu = ((stage.cpuMs() - cpuAtStart) / (performance.now() - beganMs)) * 1000;
const radio = (figure) => stage.figure('musical_ai_radio', `figure="${figure}"`);
const [pieces, starved, sentGaps] = await Promise.all(['pieces', 'starved', 'gaps'].map(radio));
for (const { stop } of listeners) stop();
pacer.kill('SIGTERM');
await living;
const end = await stage.close();

const heard = listeners.map((each) => each.heard);
const sum = (figure) => heard.reduce((total, each) => total + each[figure], 0);
const table = new Table(
  `${radios} ${radios === 1 ? 'radio' : 'radios'} for ${minutes} minutes` +
    (style === undefined ? '' : `, ${style}`) +
    (people > 0 ? `, while ${people} people compose` : '') +
    (blocked ? ', the main thread blocked for 300 ms a second in every second minute' : ''),
);
table.row('first sound after, at most', ms(firstMs));
table.row('pieces begun', pieces);
table.row('packets heard', sum('frames'));
none('of them not decrypted or decoded', sum('failures'));
none('of them not encrypted', sum('plain'));
none('of them silence, because nothing was ready', sum('silent'));
none('lost', sum('lost'));
none('out of order', sum('disordered'));
none('wrong timestamps', sum('wrongTimestamps'));
none('times that a radio ran out of sound', starved);
const isCrowd = radios > 1 || people > 0;
const limitMs = isCrowd ? plainMs : heardMs;
const allowed = isCrowd ? Math.ceil(minutes / 10) : 0;
for (const n of blocked ? [0, 1] : [0]) {
  const when = blocked ? ['main thread left alone: ', 'main thread blocked: '][n] : '';
  for (const { gaps } of heard) {
    table.row(`${when}gaps over 100 ms, over 150 ms, 99th percentile, longest`, gaps[n]);
    const beyond = gaps[n].beyond(limitMs, bare[n]);
    table.row(
      `${when}over ${limitMs} ms, when the bare pacer had none`,
      beyond,
      allowed || 'none',
      beyond <= allowed,
    );
  }
  table.row(`${when}gaps of the bare pacer`, bare[n]);
}
table.row('gaps over 100 ms as the bot sent them', sentGaps);
if (people > 0) {
  const seen = stage.people.flatMap((person) => person.seen);
  const took = sorted(seen.flatMap((each) => (each.end === 'result' ? [each.endMs - each.sentMs] : [])));
  const count = (how) => seen.filter((each) => each.end === how).length;
  table.row('interactions', seen.length);
  none('of them never acknowledged', count('unanswered'));
  table.row('answered with a piece', count('result'));
  table.row('after, median and longest', `${seconds(quantile(took, 0.5))}, ${seconds(took.at(-1) ?? NaN)}`);
  table.row('answered with an error message', count('sentence'));
  none('pieces lost', count('lost'));
} else {
  // Blocking it takes CPU time, too.
  table.row('CPU per second', ms(cpu), ...(blocked ? [] : ['100 ms', cpu <= 100]));
  const halves = [memory.slice(0, memory.length / 2), memory.slice(memory.length / 2)];
  const [first, second] = halves.map((half) => half.reduce((total, each) => total + each, 0) / half.length);
  const growth = (100 * (second - first)) / first;
  table.row('memory, mean of the first half, of the second half', `${mib(first)}, ${mib(second)}`);
  table.row('growth', `${growth.toFixed(1)} %`, '5 %', growth <= 5);
  table.row('memory, most', halves.map((half) => mib(Math.max(...half))).join(', '));
}
none('requests that Discord would refuse', end.violations.length);
table.row('exit code after SIGTERM', end.code, '0', end.code === 0);
none('mistakes at the voice server', discord.voice.problems.length);
table.end();
for (const problem of new Set(discord.voice.problems))
  console.error(`Mistake at the voice server: ${problem}`);
for (const violation of end.violations) console.error(`Discord would refuse: ${JSON.stringify(violation)}`);
process.exit();

function none(what, count) {
  table.row(what, count, 'none', count === 0);
}

function mib(value) {
  return `${value.toFixed(0)} MiB`;
}
