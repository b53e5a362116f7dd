import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServerSettingsStore } from '../../../src/bot/access/server-settings.js';

const server = '1234';
const before = {
  defaults: { notes: 50 },
  presets: { waltz: { key: 'Eb' } },
  shareChannel: '5678',
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
  await mkdir(join(folder, 'servers', server), { recursive: true });
  const path = join(folder, 'servers', server, 'settings.json');
  await writeFile(path, JSON.stringify({ version: 1, ...before }));
});

afterEach(() => rm(folder, { recursive: true }));

describe('settings from before there were limits, trainers and languages', () => {
  it('are read, with all of those unset', async () => {
    const settings = await new ServerSettingsStore(folder).read(server);
    expect(settings).toEqual({ version: 2, ...before, limits: {}, trainers: { roles: [], users: [] } });
  });

  it('are kept when something new is set', async () => {
    await new ServerSettingsStore(folder).update(server, (settings) => ({ ...settings, language: 'ja' }));
    expect(await new ServerSettingsStore(folder).read(server)).toMatchObject({ ...before, language: 'ja' });
  });
});
