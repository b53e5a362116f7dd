import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelKinds } from '../src/request/networks.js';

const source = join(import.meta.dirname, '..', 'src');

/** Which folders a folder may import. Dependencies point one way: towards the music. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  threads: [],
  storage: ['errors'],
  music: ['errors'],
  plan: ['music', 'errors'],
  patterns: ['plan', 'music', 'errors'],
  request: ['plan', 'music', 'errors'],
  model: ['request', 'patterns', 'plan', 'music', 'storage', 'errors'],
  render: ['music', 'errors'],
  compose: ['model', 'patterns', 'plan', 'render', 'request', 'music', 'threads', 'errors'],
  voice: ['render', 'music', 'threads', 'errors'],
  radio: ['compose', 'request', 'music', 'errors'],
  training: ['i18n', 'compose', 'model', 'render', 'request', 'music', 'storage', 'threads', 'errors'],
  i18n: ['model', 'plan', 'render', 'request', 'music', 'errors'],
  bot: ['i18n', 'radio', 'voice', 'training', 'compose', 'model', 'request', 'music', 'storage', 'errors'],
  commands: ['bot', 'i18n', 'training', 'compose', 'model', 'request', 'music', 'errors'],
  evaluation: ['i18n', 'compose', 'model', 'plan', 'render', 'request', 'music', 'errors'],
  cli: ['i18n', 'evaluation', 'compose', 'model', 'plan', 'render', 'request', 'music', 'storage', 'errors'],
};

/** The entry points, above all folders. */
const entries = ['main.ts', 'worker.ts'];

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  /** Loaded on demand, not at startup. */
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

describe('the architecture', () => {
  it('lists every folder', () => {
    expect(new Set(files.map(({ file }) => roomOf(file)))).toEqual(
      new Set([...entries, ...Object.keys(mayImport)]),
    );
  });

  it.each(Object.entries(mayImport))('%s only imports from %j', (room, allowed) => {
    const wrong = imports.filter((each) => {
      const target = targetRoom(each);
      return each.room === room && target !== undefined && target !== room && !allowed.includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps Discord in bot and commands', () => {
    const wrong = imports.filter(
      ({ room, target }) =>
        /discord/.test(target) &&
        !['main.ts', 'bot', 'commands'].includes(room) &&
        !(room === 'voice' && target === '@discordjs/voice') &&
        !target.startsWith('.'),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps Redis in compose/remote, which is not loaded without it', () => {
    const remote = join('compose', 'remote');
    const isRemote = (path: string): boolean => dirname(path) === remote;
    const knowing = imports.filter(({ target }) => /^(bullmq|ioredis)$/.test(target));
    expect(new Set(knowing.map(({ file }) => dirname(file)))).toEqual(new Set([remote]));
    const loaded = imports.filter(
      ({ file, target }) =>
        target.startsWith('.') &&
        isRemote(join(dirname(file), target)) &&
        !isRemote(file) &&
        file !== 'worker.ts',
    );
    const statically = loaded.filter(({ isLazy }) => !isLazy);
    expect(new Set(statically.map(({ file, target }) => join(dirname(file), target)))).toEqual(
      new Set([join(remote, 'settings.js')]),
    );
    const ofSettings = imports.filter(({ file }) => file === join(remote, 'settings.ts'));
    expect(ofSettings.map(({ target }) => target)).toEqual(['zod', '../../errors/config-error.js']);
  });

  it('loads nothing of voice channels before it is asked to, as with VOICE off', () => {
    const texts = new Map(
      files.map(({ file, text }) => [file, text.replaceAll(/^import type [^;]+;/gm, '')]),
    );
    const loaded = new Set<string>();
    const load = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const [, target = ''] of (texts.get(file) ?? '').matchAll(/from '(\.[^']+)'/g))
        load(join(dirname(file), target).replace(/\.js$/, '.ts'));
    };
    load('main.ts');
    expect(loaded.size).toBeGreaterThan(100);
    expect([...loaded].filter((file) => roomOf(file) === 'voice' || file.endsWith('radios.ts'))).toEqual([]);
  });

  it('measures waiting with a monotonic clock', () => {
    const wallClock = [...new Set(imports.map(({ file }) => file))].filter((file) =>
      /Date\.now|new Date\(\)/.test(readFileSync(join(source, file), 'utf8')),
    );
    // The time of day, the age of a reply after a restart, the latency of Discord's own commands, and the creation time of a
    // model.
    expect(wallClock.sort()).toEqual(
      [
        join('bot', 'daily', 'dailies.ts'),
        join('bot', 'reply', 'unfinished-replies.ts'),
        join('commands', 'about.ts'),
        join('model', 'lstm', 'training', 'train-model.ts'),
      ].sort(),
    );
  });

  it('has one class that schedules and one list of commands', () => {
    const users = imports.filter(
      ({ file, target }) => join(dirname(file), target) === join('compose', 'scheduler.js'),
    );
    expect(users.map(({ file }) => file).sort()).toEqual(
      [
        join('compose', 'remote', 'remote-composition-service.ts'),
        join('compose', 'renderer.ts'),
        join('compose', 'service', 'model-service.ts'),
      ].sort(),
    );
    const ofCommands = imports.filter(
      ({ file, target }) =>
        target.startsWith('.') &&
        roomOf(file) !== 'commands' &&
        roomOf(join(dirname(file), target)) === 'commands',
    );
    expect(ofCommands.map(({ target }) => target).sort()).toEqual([
      './commands/index.js',
      './commands/services.js',
    ]);
  });

  it('creates thread pools in one place, which keeps them out of Atomics.wait', () => {
    const pools = files.flatMap(({ file, text }) =>
      [...text.matchAll(/new Piscina[^;]*;/g)].map(([pool]) => ({ file, pool })),
    );
    expect(pools).toEqual([
      {
        file: join('threads', 'thread-pool.ts'),
        pool: expect.stringContaining("atomics: 'disabled'") as string,
      },
    ]);
  });

  it.each(['src', 'local-discord', 'playground', 'bench'])('has no import cycles in %s', (folder) => {
    const root = join(source, '..', folder);
    const targets = new Map<string, readonly string[]>(
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
        .map((file) => [
          file.replace(/\.js$/, '.ts'),
          // Types, too; what is imported on demand has no part in it.
          [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)].map(
            ([, target = '']) => join(dirname(file), target).replace(/\.js$/, '.ts'),
          ),
        ]),
    );
    expect(targets.size).toBeGreaterThan(10);
    const done = new Set<string>();
    const circleFrom = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const target of targets.get(file) ?? []) {
        const circle = circleFrom(target, [...path, file]);
        if (circle) return circle;
      }
      done.add(file);
      return undefined;
    };
    const circles = [...targets.keys()].flatMap((file) => {
      const circle = circleFrom(file, []);
      return circle === undefined ? [] : [circle.join(' > ')];
    });
    expect(circles).toEqual([]);
  });

  it('keeps each network in a room that only its own tools know', () => {
    const networkOf = (path: string): string | undefined =>
      modelKinds.find((kind) => path.startsWith(join('model', kind, '/')));
    const known = imports.flatMap((each) => {
      const network = each.target.startsWith('.')
        ? networkOf(join(dirname(each.file), each.target))
        : undefined;
      return network === undefined || network === networkOf(each.file)
        ? []
        : [`${dirname(each.file)} > ${network}`];
    });
    expect([...new Set(known)].sort()).toEqual([
      'cli > lstm', // reads what Keras trained
      'evaluation/song > song',
      'model/song > transformer', // its layers and kernel
    ]);
  });

  it('has no file that only re-exports', () => {
    const only = files.filter(
      ({ text }) =>
        /^export (\*|\{)[^;]*from/m.test(text) &&
        !/^(export )?(const|function|class|interface|type|async)/m.test(text),
    );
    expect(only.map(({ file }) => file)).toEqual([]);
  });

  it('keeps the local Discord independent, with only the packages in its manifest', () => {
    const folder = join(source, '..', 'local-discord');
    const { peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly peerDependencies: Readonly<Record<string, string>>;
    };
    const targets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(join(folder, file), 'utf8').matchAll(/^(?:import|\}).* from '([^']+)';$/gm)].map(
          ([, target = '']) => ({ target, path: relative(folder, join(folder, dirname(file), target)) }),
        ),
      );
    const isFile = ({ target }: { readonly target: string }): boolean => target.startsWith('.');
    const outside = targets.filter((each) => isFile(each) && each.path.startsWith('..'));
    expect(outside).toEqual([]);
    const packages = targets
      .filter((each) => !isFile(each) && !each.target.startsWith('node:'))
      .map(({ target }) => /^(@[^/]+\/)?[^/]+/.exec(target)![0]);
    expect([...new Set(packages)].sort()).toEqual(Object.keys(peerDependencies).sort());
  });

  it('keeps music free of input and output', () => {
    const wrong = imports.filter(({ room, target }) => room === 'music' && target.startsWith('node:'));
    expect(wrong).toEqual([]);
  });
});
