import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '..', 'src');

/** Which rooms a room may look into. Arrows point one way: towards the music. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  music: [],
  model: ['music'],
  render: ['music'],
  studio: ['model', 'render', 'music'],
  queue: ['studio', 'model', 'render', 'music'],
  language: ['studio', 'render', 'music'],
  bot: ['commands', 'language', 'queue', 'studio', 'music'],
  commands: ['bot', 'language', 'studio', 'music'],
  evaluation: ['model', 'render', 'music'],
  cli: ['studio', 'evaluation', 'model', 'render', 'music'],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  /** When it is needed, not at the start. */
  readonly isLazy: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('assembly'))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }));

const imports: readonly Import[] = files.flatMap(({ file, text }) =>
  [...text.matchAll(/(from|import|import\()\s*'([^']+)'/g)].map(([, how, target = '']) => ({
    file,
    room: roomOf(file),
    target,
    isLazy: how === 'import(',
  })),
);

function roomOf(path: string): string {
  return path.split(/[/\\]/)[0]!;
}

function targetRoom({ file, target }: Import): string | undefined {
  return target.startsWith('.') ? roomOf(relative(source, join(source, dirname(file), target))) : undefined;
}

describe('the house', () => {
  it('knows every room', () => {
    expect(new Set(imports.map(({ room }) => room))).toEqual(new Set(Object.keys(mayImport)));
  });

  it.each(Object.entries(mayImport))('%s looks only into %j', (room, allowed) => {
    const wrong = imports.filter((each) => {
      const target = targetRoom(each);
      return each.room === room && target !== undefined && target !== room && !allowed.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('lets only the entry of the bot know the commands', () => {
    const wrong = imports.filter((each) => each.room === 'bot' && targetRoom(each) === 'commands');
    expect(new Set(wrong.map(({ file }) => file))).toEqual(new Set([join('bot', 'main.ts')]));
  });

  it('keeps Discord in bot and commands', () => {
    const wrong = imports.filter(
      ({ room, target }) =>
        /discord/.test(target) && room !== 'bot' && room !== 'commands' && !target.startsWith('.'),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps Redis in queue, which a bot without it does not load', () => {
    const knowing = imports.filter(({ target }) => /^(bullmq|ioredis)$/.test(target));
    expect(new Set(knowing.map(({ room }) => room))).toEqual(new Set(['queue']));
    const loaded = imports.filter((each) => targetRoom(each) === 'queue' && each.room !== 'queue');
    const statically = loaded.filter(({ isLazy }) => !isLazy).map(({ target }) => target);
    expect(new Set(statically)).toEqual(new Set(['../queue/settings.js']));
    const ofSettings = imports.filter(({ file }) => file === join('queue', 'settings.ts'));
    expect(ofSettings.map(({ target }) => target)).toEqual(['zod']);
  });

  it('waits by a clock that nobody sets', () => {
    const wallClock = [...new Set(imports.map(({ file }) => file))].filter((file) =>
      /Date\.now|new Date\(\)/.test(readFileSync(join(source, file), 'utf8')),
    );
    // How old a reply is after a restart, how long Discord's own command was on its way, when a model was made.
    expect(wallClock.sort()).toEqual(
      [
        join('bot', 'unfinished-replies.ts'),
        join('commands', 'about.ts'),
        join('model', 'train-model.ts'),
      ].sort(),
    );
  });

  it('makes pools of threads in one place, which keeps them from sleeping in Atomics.wait', () => {
    const pools = files.flatMap(({ file, text }) =>
      [...text.matchAll(/new Piscina[^;]*;/g)].map(([pool]) => ({ file, pool })),
    );
    expect(pools).toEqual([
      {
        file: join('studio', 'thread-pool.ts'),
        pool: expect.stringContaining("atomics: 'disabled'") as string,
      },
    ]);
  });

  it('keeps music free of input and output', () => {
    const wrong = imports.filter(({ room, target }) => room === 'music' && target.startsWith('node:'));
    expect(wrong).toEqual([]);
  });
});
