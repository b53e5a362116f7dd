#!/usr/bin/env node
import { terminal } from '../i18n/en/terminal.js';
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { importKeras } from '../model/lstm/keras-import.js';
import { UserError } from '../errors/user-error.js';
import { openFolder, replaceFolder } from './out-folder.js';
import { readArguments, runProgram, UsageError } from './terminal.js';

const usage = terminal.usage.importKeras();

async function main(): Promise<void> {
  const { values, positionals } = readArguments(
    usage,
    { name: { type: 'string' }, out: { type: 'string' } },
    true,
  );
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError(terminal.wrong.noFile);
  const name = values.name ?? basename(file).replace(/\.(h5|hdf5|keras)$/i, '');
  if (!/^\w[\w.-]{0,63}$/.test(name)) {
    throw new UsageError(terminal.wrong.name(name));
  }
  const models = values.out ?? join(process.env['DATA_DIR'] ?? 'data', 'models');
  const folder = join(models, name);
  await access(file).catch(() => {
    throw new UserError('import.missing', { file });
  });
  await openFolder(models);
  await replaceFolder(folder, await importKeras(file, name));
  process.stdout.write(`${folder}\n`);
}

await runProgram(main);
