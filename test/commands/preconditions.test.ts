import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { everybody, inServer, managers } from '../../src/bot/access/preconditions.js';
import type { Action, Command } from '../../src/bot/dispatch/command.js';
import { createLogger } from '../../src/bot/ops/logging.js';
import { Radios } from '../../src/bot/radio/radios.js';
import { makeHandlers } from '../../src/commands/index.js';
import { Voices } from '../../src/voice/voices.js';
import { FakeMusic } from '../bot/fake-music.js';
import { fakeServices } from '../bot/fake-services.js';

const bot = fakeServices();
const radios = new Radios({
  ...{ client: new Client({ intents: [] }), music: new FakeMusic(), settings: bot.settings, most: 1 },
  voices: new Voices({ onFault: () => undefined }),
  log: createLogger('silent'),
});
const { commands, actions } = makeHandlers({ ...bot, radios });
const names = new Map([
  [everybody, 'everybody'],
  [inServer, 'people in a server'],
  [managers, 'managers'],
  [bot.trainers, 'trainers'],
]);

function nameOf(each: Command | Action): string {
  return 'data' in each ? `/${each.data.name}` : each.name;
}

function allowed(each: Command | Action): readonly [name: string, who: string] {
  return [nameOf(each), names.get(each.allowed) ?? 'depends'];
}

describe('permissions', () => {
  it('are declared for every command', () => {
    expect(Object.fromEntries(commands.map(allowed))).toEqual({
      '/compose': 'everybody',
      '/Compose from this MIDI': 'everybody',
      '/Continue this MIDI': 'everybody',
      '/Play in voice': 'people in a server',
      '/preset': 'depends',
      '/settings': 'managers',
      '/train': 'trainers',
      '/model': 'depends',
      '/radio': 'depends',
      '/forget': 'managers',
      '/help': 'everybody',
      '/about': 'everybody',
    });
  });

  it('are declared for every button, menu and modal', () => {
    expect(Object.fromEntries(actions.map(allowed))).toEqual({
      again: 'everybody',
      vary: 'everybody',
      continue: 'everybody',
      remix: 'everybody',
      'remix-edit': 'everybody',
      remixed: 'everybody',
      info: 'everybody',
      change: 'everybody',
      share: 'everybody',
      pick: 'everybody',
      cancel: 'depends',
      delete: 'depends',
      play: 'people in a server',
      ask: 'everybody',
      'train-cancel': 'trainers',
      'model-use': 'trainers',
      'model-delete': 'trainers',
      radio: 'people in a server',
      daily: 'people in a server',
      forget: 'managers',
    });
  });

  it('leaves /radio out where voice is off', () => {
    const without = makeHandlers(bot);
    expect(
      [...without.commands, ...without.actions].map(nameOf).filter((name) => /radio|play/i.test(name)),
    ).toEqual([]);
  });

  it('offers help about the radio only where voice is on', () => {
    const topics = (all: readonly Command[]): string =>
      JSON.stringify(all.find(({ data }) => data.name === 'help')!.data);
    expect(topics(commands)).toContain('"value":"radio"');
    expect(topics(makeHandlers(bot).commands)).not.toContain('"value":"radio"');
  });

  it('are checked by the dispatcher, and nowhere in a command', () => {
    const folder = join(import.meta.dirname, '..', '..', 'src', 'commands');
    const checking = readdirSync(folder).filter((file) =>
      /\b(memberPermissions|appPermissions|permissionsFor|require[A-Z]\w*)\b/.test(
        readFileSync(join(folder, file), 'utf8'),
      ),
    );
    expect(checking).toEqual([]);
  });

  it('are declared under distinct names', () => {
    const all = [...commands, ...actions].map(nameOf);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('options', () => {
  it.each(['compose', 'preset', 'settings'])('of /%s are few enough to read: at most 17', (name) => {
    const command = commands.find(({ data }) => data.name === name);
    const options = command !== undefined && 'options' in command.data ? (command.data.options ?? []) : [];
    const lists = options.map((each) => ('options' in each ? (each.options ?? []).length : 0));
    const most = Math.max(options.length, ...lists);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(17);
  });
});
