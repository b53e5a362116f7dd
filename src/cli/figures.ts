#!/usr/bin/env node
import { terminal } from '../i18n/en/terminal.js';
import { join } from 'node:path';
import { libraryOf } from '../evaluation/material.js';
import { trainingParts } from '../evaluation/song/packed.js';
import { knownFigures, type KnownFigures } from '../model/rules/copies.js';
import { figuresFile } from '../model/figures-file.js';
import { openFolder, writeFiles } from './out-folder.js';
import { readFiles } from './progress.js';
import { readArguments, runProgram, UsageError } from './terminal.js';

const usage = terminal.usage.figures();

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    songs: { type: 'boolean', default: false },
    data: { type: 'string' },
    out: { type: 'string' },
  });
  const { data, out, songs } = values;
  if (data === undefined || out === undefined) throw new UsageError(terminal.wrong.missing(['data', 'out']));
  await openFolder(out);
  const figures = songs ? await songFigures(data) : await performanceFigures(data);
  await writeFiles(out, { [figuresFile]: figures });
  process.stdout.write(`${join(out, figuresFile)}\n`);
}

/** Bits per figure; fewer than usual, because songs have three times as many figures as piano music. */
const songBits = 2;

async function songFigures(data: string): Promise<KnownFigures> {
  const parts = await trainingParts(data);
  if (parts.length === 0) throw new UsageError(terminal.wrong.noPackedSongs(data));
  return knownFigures(parts, songBits);
}

async function performanceFigures(data: string): Promise<KnownFigures> {
  const cacheFolder = join('data', 'cache', 'notes');
  const corpus = await readFiles(data, { seed: 1, cacheFolder });
  const { performance } = libraryOf(data, corpus, cacheFolder);
  const pieces: Uint8Array[] = [];
  for (const file of corpus.training) {
    const notes = await performance(file, 'pedal-extended');
    pieces.push(Uint8Array.from(notes, ({ pitch }) => pitch));
  }
  return knownFigures(pieces);
}

await runProgram(main);
