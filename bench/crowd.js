/**
 * Simulates people who use the bot: they request pieces, read, press buttons, cancel, and upload files,
 * occasionally invalid ones. Each does one thing at a time and records the result.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { styleNames } from '../dist/plan/styles.js';

/** After this time no answer is expected any more. */
const patienceMs = 16 * 60_000;

/** What a person does next, by weight. */
const usualHabits = [
  [34, compose],
  [8, composeFromFile],
  [2, handOverRubbish],
  [5, mention],
  [3, fromMessage],
  [8, losePatience],
  [20, pressButton],
  [10, typeAhead],
  [10, look],
];

/** Just as active, but with little music. */
export const quickHabits = [
  [12, compose],
  [3, composeFromFile],
  [2, handOverRubbish],
  [3, mention],
  [5, pressButton],
  [35, typeAhead],
  [40, look],
];

const looks = ['help', 'about', 'settings show', 'preset list', 'model list'];
const scales = ['major', 'dorian', 'blues', 'harmonic-minor'];
const moods = ['calm', 'happy', 'dramatic', 'dreamy'];

/** @typedef {{kind: string, sentMs: number, ackMs?: number, startMs?: number, endMs?: number, end?: string}} Seen */

/** One person: a user of the local Discord, with random choices and a record of everything seen. */
export class Person {
  /** @type {Seen[]} */
  seen = [];
  /** Results whose buttons can be pressed, newest last. */
  results = [];
  /** Maximum number of notes requested for a piece. */
  mostNotes = 2000;
  /** Share of songs among the requests that begin with nothing given. */
  songs = 0;
  habits = usualHabits;

  /** @param midi makes a MIDI file from pitches */
  constructor(discord, user, random, midi) {
    this.discord = discord;
    this.midi = midi;
    this.user = user;
    this.random = random;
  }

  /** Acts until `isOver`, with pauses of `pauseMs` on average. */
  async live(isOver, pauseMs) {
    await sleep(this.random.uniform() * pauseMs);
    while (!isOver()) {
      await this.act();
      await sleep(Math.min(-Math.log(1 - this.random.uniform()), 5) * pauseMs);
    }
  }

  async act() {
    const { habits } = this;
    const total = habits.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.random.uniform() * total;
    const [, habit] = habits.find(([weight]) => (left -= weight) < 0);
    try {
      await habit(this);
    } catch (error) {
      // What Discord's own client refuses never reaches the bot.
      if (error.name !== 'ClientRefusal') throw error;
    }
  }

  pick(list) {
    return list[this.random.below(list.length)];
  }

  /** Does something that is acknowledged, and records when. */
  async note(kind, act) {
    const seen = { kind, sentMs: performance.now() };
    this.seen.push(seen);
    const reply = await act();
    if (reply.state === 'unanswered') seen.end = 'unanswered';
    seen.ackMs = reply.acknowledgedAfterMs;
    return { seen, reply };
  }

  /** Waits for the requested piece, or for an error message. */
  async wait({ seen, reply }) {
    if (seen.end === 'unanswered') return;
    const message = await reply.until(isEnd, patienceMs).catch(() => undefined);
    seen.endMs = performance.now();
    this.#noteEnd(seen, message);
    const begun = reply.history.find(
      ({ loading, content }) => !loading && !content.startsWith('In the queue'),
    );
    // The history uses wall-clock time, including its newest version.
    const newest = reply.history.at(-1);
    if (begun && newest) seen.startMs = seen.endMs - (newest.at - begun.at);
    if (seen.end === 'result') this.#keep(message);
  }

  /** A message has no acknowledgement other than its answer. */
  async waitForAnswer(said, seen) {
    const isAnswer = (activity) =>
      activity.kind === 'message' &&
      activity.event !== 'deleted' &&
      activity.message.raw.message_reference?.message_id === said.id &&
      isEnd(activity.message);
    const found = await this.discord.next(isAnswer, 'an answer', patienceMs).catch(() => undefined);
    seen.endMs = performance.now();
    this.#noteEnd(seen, found?.message);
    if (seen.end === 'result') this.#keep(found.message);
  }

  #noteEnd(seen, message) {
    seen.end = message === undefined ? 'lost' : message.attachments.length > 0 ? 'result' : 'sentence';
    if (seen.end === 'sentence') seen.sentence = message.content;
  }

  #keep(message) {
    if (!message.buttons.some(({ label }) => label === 'Again')) return;
    this.results.push(message);
    if (this.results.length > 3) this.results.shift();
  }
}

/** Whether a message shows the end of a request. */
function isEnd({ attachments, loading, content, buttons }) {
  if (attachments.length > 0) return true;
  return !loading && content !== '' && !buttons.some(({ label }) => label === 'Cancel');
}

function wantsSong({ random, songs }) {
  return songs > 0 && random.uniform() < songs;
}

/** Mostly short; sometimes of maximum length. */
function options(person) {
  const { random, mostNotes } = person;
  const notes = random.uniform() < 0.05 ? mostNotes : 20 + random.below(280);
  return {
    notes: Math.min(notes, mostNotes),
    ...(random.uniform() < 0.3 && { temp: 0.5 + random.uniform() }),
    ...(random.uniform() < 0.3 && {
      key: person.pick(['C', 'F#', 'Bb']),
      more: `scale:${person.pick(scales)}`,
    }),
    ...(random.uniform() < 0.2 && { model: 'lstm' }),
  };
}

async function compose(person) {
  const { random, user } = person;
  const extras = {
    ...(random.uniform() < 0.1 && { takes: 2 + random.below(3) }),
    ...(random.uniform() < 0.2 && { private: true }),
  };
  if (wantsSong(person)) {
    const style = person.pick(styleNames);
    await person.wait(await person.note('compose', () => user.slash('compose', { style, ...extras })));
    return;
  }
  const { notes, ...others } = options(person);
  const chosen = random.uniform() < 0.2 ? { style: person.pick(moods) } : others;
  await person.wait(
    await person.note('compose', () => user.slash('compose', { notes, ...chosen, ...extras })),
  );
}

async function composeFromFile(person) {
  const midi = melody(person, 40);
  const { notes } = options(person);
  await person.wait(await person.note('file', () => person.user.slash('compose', { notes, midi })));
}

async function handOverRubbish(person) {
  const midi = { name: 'holiday.mid', bytes: Buffer.from('\x89PNG and so on') };
  await person.wait(await person.note('rubbish', () => person.user.slash('compose', { midi })));
}

async function mention(person) {
  const seen = { kind: 'mention', sentMs: performance.now() };
  person.seen.push(seen);
  const wish = wantsSong(person) ? `style:${person.pick(styleNames)}` : `notes:${options(person).notes}`;
  const said = person.user.say(`<@${person.discord.applicationId}> ${wish}`);
  await person.waitForAnswer(said, seen);
}

async function fromMessage(person) {
  const message = person.pick(person.results);
  if (message === undefined || message.ephemeral) return;
  const command = person.pick(['Compose from this MIDI', 'Continue this MIDI']);
  await person.wait(await person.note('menu', () => person.user.contextMenu(command, message)));
}

/** Requests a long piece, or a song, and presses Cancel as soon as possible. */
async function losePatience(person) {
  const wish = wantsSong(person) ? { style: person.pick(styleNames) } : { notes: person.mostNotes };
  const asked = await person.note('cancelled', () => person.user.slash('compose', wish));
  const ended = person.wait(asked);
  const shown = await asked.reply
    .until(({ buttons, attachments }) => buttons.length > 0 || attachments.length > 0, 20_000)
    .catch(() => undefined);
  if (shown?.attachments.length === 0) {
    await sleep(person.random.uniform() * 3000);
    await person.note('button', () => person.user.press(shown, 'Cancel')).catch(ignoreRefusal);
  }
  await ended;
}

async function pressButton(person) {
  const message = person.pick(person.results);
  if (message === undefined) return compose(person);
  const label = person.pick(message.buttons).label;
  if (label === 'Remix') {
    const { reply } = await person.note('button', () => person.user.press(message, label));
    if (reply.state !== 'modal') return;
    await person.wait(
      await person.note('remix', () => person.user.submitModal(reply, { Options: 'notes:60' })),
    );
  } else if (label === 'Delete') {
    person.results = person.results.filter((each) => each !== message);
    await person.note('button', () => person.user.press(message, label));
  } else {
    await person.wait(await person.note('button', () => person.user.press(message, label)));
  }
}

async function typeAhead(person) {
  const seen = { kind: 'autocomplete', sentMs: performance.now() };
  person.seen.push(seen);
  const typed = person.pick(['b', 'bach', 'ch']);
  await person.user.autocomplete('compose', { more: `opening:${typed}` }, 'more').then(
    () => (seen.ackMs = performance.now() - seen.sentMs),
    () => (seen.end = 'unanswered'),
  );
}

async function look(person) {
  const { seen, reply } = await person.note('look', () => person.user.slash(person.pick(looks)));
  if (seen.end === undefined) await reply.answered(patienceMs).catch(() => (seen.end = 'lost'));
}

/** A random walk over the white keys. */
function melody({ random, midi }, notes) {
  let step = 7;
  const pitches = Array.from({ length: notes }, () => {
    step = Math.min(14, Math.max(0, step + random.below(5) - 2));
    return 48 + 12 * Math.floor(step / 7) + [0, 2, 4, 5, 7, 9, 11][step % 7];
  });
  return { name: 'melody.mid', bytes: midi(pitches) };
}

/** A server manager who trains custom models repeatedly. */
export async function train(person, isOver) {
  const music = { file1: melody(person, 450), file2: melody(person, 450) };
  for (let n = 1; !isOver(); n++) {
    const { reply } = await person.note('train', () =>
      person.user.slash('train', { name: `own${n}`, epochs: 5, from: 'lstm', ...music }),
    );
    const message = await reply.until(({ loading, content }) => !loading && content !== '', patienceMs);
    const [, id] = /\/(\d+)$/.exec(message.content) ?? [];
    if (id !== undefined) {
      const isOutcome = (message) => message.id === id && isEnd(message);
      await person.discord.until(
        () => person.user.messages().some(isOutcome),
        'the end of the training',
        patienceMs,
      );
      await person.note('trained', () => person.user.slash('model delete', { name: `own${n}` }));
    }
    await sleep(3000);
  }
}

function ignoreRefusal(error) {
  if (error.name !== 'ClientRefusal') throw error;
}
