#!/usr/bin/env node
import { terminal } from '../i18n/en/terminal.js';
import { join } from 'node:path';
import { libraryOf } from '../evaluation/material.js';
import { knownFigures } from '../model/rules/copies.js';
import { figuresFile } from '../model/transformer/files.js';
import { openFolder, writeFiles } from './out-folder.js';
import { readFiles } from './progress.js';
import { readArguments, runProgram, UsageError } from './terminal.js';

const usage = terminal.usage.figures();

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    data: { type: 'string' },
    out: { type: 'string' },
  });
  const { data, out } = values;
  if (data === undefined || out === undefined) throw new UsageError(terminal.wrong.missing(['data', 'out']));
  await openFolder(out);
  const cacheFolder = join('data', 'cache', 'notes');
  const corpus = await readFiles(data, { seed: 1, cacheFolder });
  const { performance } = libraryOf(data, corpus, cacheFolder);
  const pieces: Uint8Array[] = [];
  for (const file of corpus.training) {
    const notes = await performance(file, 'pedal-extended');
    pieces.push(Uint8Array.from(notes, ({ pitch }) => pitch));
  }
  await writeFiles(out, { [figuresFile]: knownFigures(pieces) });
  process.stdout.write(`${join(out, figuresFile)}\n`);
}

await runProgram(main);
