#!/usr/bin/env node
import { terminal } from '../i18n/en/terminal.js';
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { networkTopology } from '../model/lstm/training/engines.js';
import { readKerasFile } from '../model/lstm/keras-import.js';
import { encodeLayersModel } from '../model/lstm/layers-model.js';
import { modelFile, weightsFile } from '../model/model-files.js';
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
  const parameters = await readKerasFile(file);
  const { model, weights } = encodeLayersModel(parameters, await networkTopology(), {
    name,
    importedFrom: basename(file),
  });
  await replaceFolder(folder, { [modelFile]: Buffer.from(model), [weightsFile]: weights });
  process.stdout.write(`${folder}\n`);
}

await runProgram(main);
