#!/usr/bin/env node
import { basename, dirname, join, resolve } from 'node:path';
import { libraryOf } from '../evaluation/material.js';
import { typicalCharacters } from '../evaluation/typical-characters.js';
import { terminal } from '../i18n/en/terminal.js';
import { charactersFile, encodeCharacters } from '../model/characters-file.js';
import { loadModel } from '../model/model-store.js';
import { writeFiles } from './out-folder.js';
import { readFiles } from './progress.js';
import { readArguments, runProgram, UsageError } from './terminal.js';

const usage = terminal.usage.characters();

async function main(): Promise<void> {
  const { values } = readArguments(usage, { data: { type: 'string' }, out: { type: 'string' } });
  const { data, out } = values;
  if (data === undefined || out === undefined) throw new UsageError(terminal.wrong.missing(['data', 'out']));
  const folder = resolve(out);
  const model = await loadModel([dirname(folder)], basename(folder));
  const { controls, eraOfComposer } = await model.evaluation({});
  if (controls === undefined || eraOfComposer === undefined) throw new UsageError(terminal.wrong.noTags(out));
  const cacheFolder = join('data', 'cache', 'notes');
  const corpus = await readFiles(data, { seed: 1, cacheFolder });
  const library = libraryOf(data, corpus, cacheFolder);
  const characters = await typicalCharacters(controls(), eraOfComposer, library, data);
  await writeFiles(out, { [charactersFile]: encodeCharacters(characters) });
  process.stdout.write(`${join(out, charactersFile)}\n`);
}

await runProgram(main);
