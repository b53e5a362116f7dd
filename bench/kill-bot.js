/**
 * Kills the bot at random moments, repeatedly, while it composes for several people, trains a model and
 * changes settings, and checks what the next start does: people who waited are told, a confirmed setting is
 * stored, the training continues or has finished, and no file is damaged. `npm run bench:kill-bot -- 100`
 */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { runnerImport } from 'vite';
import { startBot } from './bot-process.js';

const times = Number(process.argv[2] ?? 100);
const { LocalDiscord } = (await runnerImport('./local-discord/local-discord.ts')).module;
const { smallMidi } = (await runnerImport('./test/bot/small-midi.ts')).module;
const discord = await LocalDiscord.start();
const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
const home = mkdtempSync(join(tmpdir(), 'kill-bot-'));
const limits = { PIECES_PER_HOUR: '100000', SERVER_PIECES_PER_HOUR: '100000' };
const restarted = 'I restarted before this was finished. Please try again.';
const count = { results: 0, told: 0, settings: 0, trained: 0, givenUp: 0 };
/** The last value confirmed by the bot. */
let notes = 0;
/** ID of the message of the running training. */
let training;

let bot = await start();
for (let round = 1; round <= times; round++) {
  const replies = [
    await discord.user().slash('compose', { notes: 2000 }),
    await discord.user().slash('compose', { notes: 300, private: true }),
    await discord.user().slash('compose', { notes: 100, takes: 2 }),
  ];
  await train(round);
  let isAlive = true;
  const changing = change(() => isAlive);
  // Mostly soon; sometimes late enough for a training to finish.
  await sleep(Math.random() ** 2 * 8000);
  bot.kill('SIGKILL');
  isAlive = false;
  await once(bot, 'close');
  await changing;
  const startedMs = Date.now();
  bot = await start();
  for (const reply of replies) await checkReply(reply);
  await checkSettings();
  await checkTraining(startedMs);
  checkFiles();
  process.stderr.write(`${round} kills: ${JSON.stringify(count)}\n`);
}
bot.kill('SIGTERM');
const [code] = await once(bot, 'close');
if (code !== 0) throw new Error(`the bot ended with ${code}`);
await discord.stop();
rmSync(home, { recursive: true });
console.log(`${times} kills: ${JSON.stringify(count)}: nobody left waiting, nothing lost, nothing damaged.`);
process.exit();

async function start() {
  const next = startBot(discord, home, limits);
  await discord.waitForReady({ command: 'compose' });
  return next;
}

/** Changes a setting repeatedly. */
async function change(isAlive) {
  while (isAlive()) {
    const reply = await manager.slash('settings defaults', { notes: afterwards(notes) });
    // Without an acknowledgement, the change may or may not be on disk.
    if (reply.state === 'unanswered') return;
    notes = afterwards(notes);
    count.settings++;
  }
}

function afterwards(value) {
  return (value % 2000) + 1;
}

async function train(round) {
  if (training !== undefined) return;
  const melody = (low) => ({
    name: `${low}.mid`,
    bytes: smallMidi(Array.from({ length: 600 }, (_, n) => low + ((n * 5) % 12))),
  });
  for (let tries = 0; ; tries++) {
    const reply = await manager.slash('train', {
      name: `own${round}`,
      epochs: 3,
      from: 'lstm',
      file1: melody(55),
      file2: melody(60),
    });
    const { content } = await reply.answered();
    training = /\/(\d+)$/.exec(content)?.[1];
    if (training !== undefined) return;
    // A bot killed right after it reported a result reports it again, which takes a moment.
    if (!content.includes('Another training is running') || tries === 60)
      throw new Error(`no training: ${content}`);
    await sleep(1000);
  }
}

async function checkReply(reply) {
  const isOver = ({ content, attachments, buttons, loading }) =>
    attachments.length > 0 ||
    (!loading && content !== '' && !buttons.some(({ label }) => label === 'Cancel'));
  const { attachments, content } = await reply.until(isOver, 60_000);
  if (attachments.length > 0) count.results++;
  else if (content === restarted) count.told++;
  else throw new Error(`a reply ends in “${content}”`);
}

async function checkSettings() {
  const { content } = await (await manager.slash('settings show')).answered();
  const shown = Number(/notes:(\d+)/.exec(content)?.[1] ?? 0);
  // One more change may be on disk without having been acknowledged.
  if (shown !== notes && shown !== afterwards(notes))
    throw new Error(`${notes} was confirmed, ${shown} is there`);
  notes = shown;
}

/** The training continues in its message, or has ended there; after three kills it is abandoned. */
async function checkTraining(startedMs) {
  const text = () => manager.messages().find(({ id }) => id === training)?.content ?? '';
  const isOver = () => /held-out music|could not be carried through/.test(text());
  // It may have ended before the previous kill.
  const isEdited = () =>
    discord.requests.some(
      ({ method, path, at }) =>
        method === 'PATCH' && at > startedMs && path.endsWith(`/messages/${training}`),
    );
  await discord.until(
    () => isOver() || (text().includes('resumed after a restart') && isEdited()),
    'a training that goes on or is over',
    60_000,
  );
  if (!isOver()) return;
  const content = text();
  training = undefined;
  if (content.includes('Training failed')) {
    count.givenUp++;
    return;
  }
  count.trained++;
  const list = await (await manager.slash('model list')).answered();
  const [, latest] = /`(own\d+)`/.exec(content);
  if (!list.content.includes(latest)) throw new Error(`${latest} is not among the models`);
  await (await manager.slash('model show', { name: latest })).answered();
  await (await manager.slash('model delete', { name: latest })).answered();
}

function checkFiles() {
  const damaged = readdirSync(join(home, 'data'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.damaged') || /models\/.*\.partial/.test(name),
  );
  if (damaged.length > 0) throw new Error(`left behind: ${damaged.join(', ')}`);
}
