/**
 * A network costs a folder and an entry in the registry: in a copy of the program, one that this repository has
 * never heard of is trained, drawn, kept and composed with, as the LSTM is.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyboardPiece } from '../../src/music/keyboard.js';
import { writeMidi } from '../../src/music/midi/write.js';

const root = join(import.meta.dirname, '../..');
const network = join(import.meta.dirname, 'interval-network');

const entry = `
  intervals: {
    format: 'interval-network',
    versions: [1],
    composes: 'keyboard',
    training: {
      epochs: { min: 1, max: 12, default: 7 },
      rate: { min: 1, max: 2, default: 1 },
      lossWeights: { pitch: 2 },
    },
    hearsPerformances: false,
  },`;

/** A scale of fifths, up and up. */
function fifths(first: number, notes: number): Uint8Array {
  return writeMidi(
    keyboardPiece({
      title: `fifths from ${first}`,
      notes: Array.from({ length: notes }, (_, i) => ({
        pitch: first + 7 * i,
        velocity: 80,
        onsetSeconds: i / 4,
        durationSeconds: 0.2,
      })),
      tempoBpm: 120,
      timeSignature: { numerator: 4, denominator: 4 },
      hasBars: false,
    }),
  );
}

let folder: string;
let shown: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'another-network-'));
  await cp(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  await cp(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['assets', 'node_modules']) await symlink(join(root, name), join(folder, name));
  const room = join(folder, 'dist/model/intervals');
  await mkdir(room);
  for (const name of ['model.js', 'trainer.js']) await cp(join(network, name), join(room, name));
  await cp(join(network, 'program.js'), join(folder, 'program.js'));
  const registry = join(folder, 'dist/request/networks.js');
  const text = await readFile(registry, 'utf8');
  expect(text).toContain('    book: {');
  await writeFile(registry, text.replace('    book: {', `${entry}\n    book: {`));

  const [data, music] = [join(folder, 'data'), join(folder, 'music')];
  await mkdir(join(data, 'models/intervals'), { recursive: true });
  await writeFile(
    join(data, 'models/intervals/model.json'),
    JSON.stringify({ format: 'interval-network', version: 1 }),
  );
  await writeFile(join(data, 'models/intervals/weights.bin'), Uint8Array.of(2));
  await mkdir(music);
  await writeFile(join(music, 'a.mid'), fifths(40, 9));
  await writeFile(join(music, 'b.mid'), fifths(43, 7));
  const { stdout } = await promisify(execFile)(process.execPath, ['program.js', data, music], {
    cwd: folder,
  });
  shown = JSON.parse(stdout) as typeof shown;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('another network', () => {
  it('is trained in its thread, with its own defaults, limits and examples', () => {
    expect(shown['kind']).toBe('intervals');
    expect((shown['windows'] as number[]).toSorted()).toEqual([6, 8]);
    expect(shown['kept']).toMatchObject({ kind: 'intervals', origin: 'server', epochs: 7, rate: 1 });
    expect(shown['tooFast']).toEqual({ code: 'training.rate', details: { min: 1, max: 2, given: 3 } });
    expect(shown['tooLittle']).toMatchObject({ code: 'training.too-little-music' });
  });

  it('is not the only kind: those without a trainer are refused', () => {
    expect(shown['notTrainable']).toEqual({ code: 'training.kind', details: { name: 'transformer' } });
  });

  it('reports its progress, its loss, and its curve', () => {
    // Fifths are 7 semitones; the parent was off by 5, which weighs twice.
    expect(shown['progress']).toContain('▰▰▰▰▰▰▰▰▰▰▰▰ 100%');
    expect(shown['progress']).toContain('lowest so far 0.000');
    expect(shown['outcome']).toMatch(
      /held out +loss +pitch\nintervals +10\.000 +5\.000\nmine +0\.000 +0\.000\n/,
    );
    expect(shown['curves']).toEqual(['PNG', 'PNG']);
  });

  it('is kept, and composes as it was trained', () => {
    expect(shown['kept']).toMatchObject({ name: 'mine', losses: { pitch: 0 }, parentLosses: { pitch: 5 } });
    expect(shown['intervals']).toEqual([2, 7]);
  });
});
