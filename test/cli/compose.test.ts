import { inEnglish } from '../i18n/in-english.js';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareOpening } from '../../src/model/opening.js';
import { chooseOpening, loadOpenings } from '../../src/compose/openings.js';
import { defaultModel, optionSpecs, type RawOptions } from '../../src/request/options.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { checkFile } from '../compose/checker.js';
import { name, note, smf, track } from '../music/midi/midi-bytes.js';
import { askedOf } from '../compose/requests.js';
import { run, type Ended } from './program.js';
import { startFrom } from '../compose/tasks.js';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'compose-'));
});
afterAll(() => rm(cwd, { recursive: true }));

const compose = (...args: readonly string[]): Promise<Ended> => run('compose', args, { cwd });

describe('npm run compose', () => {
  it('does what the example in README.md says, and reports it as one line of JSON', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    const example = /^npm run compose -- (--notes 200 .*)$/m.exec(readme)![1]!.split(' ');
    const raw: RawOptions = Object.fromEntries(
      example.flatMap((word, i) => (word.startsWith('--') ? [[word.slice(2), example[i + 1]!]] : [])),
    );
    const { code, stdout } = await compose(...example, '--tempo', '1.0', '--json');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[^\n]+\n$/);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toEqual({
      midi: join('out', 'composition.mid'),
      audio: join('out', 'composition.ogg'),
      image: join('out', 'composition.png'),
      notes: expect.any(Number) as number,
      durationSeconds: expect.any(Number) as number,
      seed: 42,
      model: expect.stringMatching(new RegExp(`^${defaultModel}@[0-9a-f]{8}$`)) as string,
      timingsMs: Object.fromEntries(
        ['compose', 'midi', 'audio', 'image', 'total'].map((part) => [part, expect.any(Number) as number]),
      ),
    });
    expect(result['notes']).toBeGreaterThan(200);
    for (const file of ['audio', 'image']) {
      expect((await stat(join(cwd, result[file] as string))).size).toBeGreaterThan(1000);
    }

    const { settings } = parseOptions(raw, 0);
    const request = { ...settings, task: startFrom(chooseOpening(await loadOpenings(), settings.seed)) };
    const midi = await readFile(join(cwd, result['midi'] as string));
    expect(checkFile(midi, askedOf(request, prepareOpening(request)))).toEqual([]);
  });

  it('starts from a file, gives the same bytes for the same seed, and prints the seed', async () => {
    const melody = [60, 64, 67, 72].flatMap((pitch) => note(480, pitch));
    await writeFile(join(cwd, 'my.mid'), smf([track(name('My tune'), melody)]));
    const args = ['--input', 'my.mid', '--notes', '12', '--seed', '5'];
    const first = await compose(...args, '--out', 'first');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('My tune');
    expect(first.stdout).toContain('(the first 4 are the opening)');
    expect(first.stdout).toMatch(new RegExp(`^seed 5, model ${defaultModel}@[0-9a-f]{8}, [\\d.]+ s$`, 'm'));
    expect(first.stdout).toContain(join('first', 'composition.mid'));
    const second = await compose(...args, '--out', join('deep', 'second'));
    expect(second.code).toBe(0);
    const bytes = (folder: string): Promise<string> =>
      readFile(join(cwd, folder, 'composition.mid'), 'latin1');
    expect(await bytes('deep/second')).toBe(await bytes('first'));
  });

  it('shows its usage', async () => {
    const { code, stdout } = await compose('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run compose/);
    for (const option of [...Object.keys(optionSpecs), 'input', 'out', 'soundfont', 'json']) {
      expect(stdout).toMatch(new RegExp(`^  --${option} `, 'm'));
    }
  });

  it.each([
    [['--volume', '11'], /--volume/],
    [['--notes', '0'], /`notes` must be a whole number from 1 to 2,000/],
    [['--velocity', '0'], /`velocity` must be a whole number from 1 to 127/],
    [['--scale', 'lydic'], /`scale` must be one of major, /],
    [['--opening', 'gershwin'], /must be one of amazing-grace, /],
    [['--model', 'gpt'], /`model` must be one of book, lstm, song, transformer/],
    [['--input', 'my.mid', '--opening', 'bach-prelude'], /either --input or --opening/],
  ])('%j: says what is wrong, and points to --help', async (args, sentence) => {
    const { code, stdout, stderr } = await compose(...args);
    expect([code, stdout]).toEqual([2, '']);
    const [said, hint, ...more] = stderr.split('\n');
    expect(said).toMatch(sentence);
    expect([hint, more]).toEqual(['See --help.', ['']]);
  });

  it.each([
    ['a file', 'my-notes.txt', "it's a file, or inside one"],
    ['inside a file', join('my-notes.txt', 'deep'), "it's a file, or inside one"],
    ['where nothing can be made', '/proc/x', "it can't be created"],
    ['deep there', '/proc/x/y', "it can't be created"],
  ])('does not compose into a folder that is %s', async (_, folder, reason) => {
    await writeFile(join(cwd, 'my-notes.txt'), '');
    const { code, stdout, stderr } = await compose('--notes', '2000', '--out', folder);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`${inEnglish('folder.unusable', { folder, reason })}\n`);
  });

  it('says what it replaces; rounds numbers; prints no colours', async () => {
    const args = ['--notes', '10', '--seed', '1', '--model', 'lstm', '--out', 'twice', '--json'];
    expect((await compose(...args)).stderr).toBe('');
    const { stdout, stderr } = await compose(...args);
    expect(stderr).toBe('Replaced composition.mid, composition.ogg, and composition.png in twice.\n');
    const numbers = stdout.match(/(?<=[:,])-?[\d.]+/g)!;
    expect(numbers.filter((number) => number.replace(/^0\.0*|\./g, '').length > 6)).toEqual([]);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('leaves files that it cannot replace unchanged', async () => {
    await mkdir(join(cwd, 'taken', 'composition.mid'), { recursive: true });
    const { code, stdout, stderr } = await compose('--notes', '10', '--model', 'lstm', '--out', 'taken');
    expect([code, stdout]).toEqual([1, '']);
    const reason = 'it has a folder with the name of a file';
    expect(stderr).toBe(`${inEnglish('folder.unusable', { folder: 'taken', reason })}\n`);
  });

  it.each([
    [['--input', 'none.mid'], `${inEnglish('input.missing', { file: 'none.mid' })}\n`],
    [['--soundfont', 'none.sf2'], `${inEnglish('sound-font.unreadable', { file: 'none.sf2' })}\n`],
  ])('%j: says in one sentence what is missing', async (args, sentence) => {
    const { code, stdout, stderr } = await compose(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toEqual(expect.stringMatching(sentence));
  });

  it('says in one sentence that a file is not MIDI', async () => {
    await writeFile(join(cwd, 'page.mid'), '<!doctype html><title>404</title>');
    const { code, stderr } = await compose('--input', 'page.mid');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[A-Z][^\n]*MIDI[^\n]*\.\n$/);
  });

  it.skipIf(process.platform === 'win32')('is stopped by Ctrl-C and leaves no files behind', async () => {
    const pipe = join(cwd, 'pipe.mid');
    execFileSync('mkfifo', [pipe]);
    let written: number | undefined;
    const interrupt = (): NodeJS.Signals | undefined => {
      // A writer can only open the pipe once the program reads it; from then on it handles Ctrl-C.
      if (written === undefined && writeToReader(pipe, smf([track(note(480, 60))]))) written = Date.now();
      return written !== undefined && Date.now() - written > 200 ? 'SIGINT' : undefined;
    };
    const args = ['--input', 'pipe.mid', '--notes', '2000', '--out', 'stopped'];
    const { code, stdout, stderr } = await run('compose', args, { cwd, interrupt });
    expect([code, stdout, stderr]).toEqual([130, '', '']);
    expect(await readdir(join(cwd, 'stopped'))).toEqual([]);
  });
});

/** Writes bytes to a named pipe. Returns whether it has a reader. */
function writeToReader(pipe: string, bytes: Uint8Array): boolean {
  let end: number;
  try {
    end = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  writeSync(end, bytes);
  closeSync(end);
  return true;
}
