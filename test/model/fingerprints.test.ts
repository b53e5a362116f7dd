import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeFolder } from '../../src/storage/durable.js';
import { Fingerprints } from '../../src/model/fingerprints.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fingerprints-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function write(path: string, weights: string, model = '{"format":"layers-model"}'): Promise<void> {
  const files = { 'model.json': Buffer.from(model), 'weights.bin': Buffer.from(weights) };
  return writeFolder(join(folder, path), files);
}

function of(machine: string): Fingerprints {
  return new Fingerprints({ shared: [join(folder, machine)], servers: join(folder, machine, 'servers') });
}

it('are equal for equal files only', async () => {
  await write('a/ours', 'weights');
  await write('b/servers/17/models/ours', 'weights');
  await write('c/ours', 'weights', '{"format":"layers-model","another":"network"}');
  await write('d/ours', 'others');
  const ours = await of('a').of('ours');
  expect(ours).toMatch(/^[\da-f]{64}$/);
  expect(await of('b').of('ours', '17')).toBe(ours);
  expect(await of('b').of('ours')).toBeUndefined();
  expect(await of('c').of('ours')).not.toBe(ours);
  expect(await of('d').of('ours')).not.toBe(ours);
});

it('exist for a kind of model without weights', async () => {
  const files = { 'model.json': Buffer.from('{"format":"pattern-book"}') };
  await writeFolder(join(folder, 'f', 'book'), files);
  expect(await of('f').of('book')).toMatch(/^[\da-f]{64}$/);
});

it('change with the files, and disappear with them', async () => {
  const fingerprints = of('e');
  await write('e/ours', 'weights');
  const first = await fingerprints.of('ours');
  expect(await fingerprints.of('ours')).toBe(first);
  await write('e/ours', 'others');
  const second = await fingerprints.of('ours');
  expect(second).not.toBe(first);
  await rm(join(folder, 'e', 'ours', 'weights.bin'));
  expect(await fingerprints.of('ours')).toBeUndefined();
  expect(await fingerprints.of('../a/ours')).toBeUndefined();
  await expect(fingerprints.of('ours', '../17')).rejects.toThrow(RangeError);
});
