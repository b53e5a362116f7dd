#!/usr/bin/env node
import { join } from 'node:path';
import { libraryOf } from '../evaluation/material.js';
import { writeFileWhole } from '../storage/durable.js';
import { knownFigures } from '../model/rules/copies.js';
import { figuresFile } from '../model/transformer/files.js';
import { readFiles } from './progress.js';
import { readArguments, runProgram, UsageError } from './terminal.js';

const usage = `Usage: npm run figures -- --data DIR --out DIR

Writes ${figuresFile}, by which a Transformer knows long passages of the music that it learnt
from and does not copy them.

  --data DIR  the MIDI files that it was trained on, in any depth; MAESTRO's own split is respected
  --out DIR   folder of the model`;

async function main(): Promise<void> {
  const { values } = readArguments({
    data: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  });
  const { data, out, help } = values;
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (data === undefined || out === undefined) throw new UsageError('--data and --out are needed.');
  const cacheFolder = join('data', 'cache', 'notes');
  const corpus = await readFiles(data, { seed: 1, cacheFolder });
  const { performance } = libraryOf(data, corpus, cacheFolder);
  const pieces: Uint8Array[] = [];
  for (const file of corpus.training) {
    const notes = await performance(file, 'pedal-extended');
    pieces.push(Uint8Array.from(notes, ({ pitch }) => pitch));
  }
  const path = join(out, figuresFile);
  await writeFileWhole(path, knownFigures(pieces));
  process.stdout.write(`${path}\n`);
}

await runProgram(usage, main);
