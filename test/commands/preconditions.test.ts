import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everybody, inServer, managers } from '../../src/bot/access/preconditions.js';
import type { Action, Command } from '../../src/bot/dispatch/command.js';
import { makeHandlers } from '../../src/commands/index.js';
import { fakeServices } from '../bot/fake-services.js';

const bot = fakeServices();
const { commands, actions } = makeHandlers(bot);
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
      '/preset': 'depends',
      '/settings': 'managers',
      '/train': 'trainers',
      '/model': 'depends',
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
      ask: 'everybody',
      'train-cancel': 'trainers',
      'model-use': 'trainers',
      'model-delete': 'trainers',
      forget: 'managers',
    });
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
