#!/usr/bin/env node
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { CompositionRequest } from '../request/request.js';
import { englishTitles, titleIn } from '../music/title.js';
import { UserError } from '../errors/user-error.js';
import { understand } from '../request/words/understand.js';
import { outputOf, type Composition, type Progress } from '../compose/composition.js';
import { describePiece } from '../render/describe.js';
import { createStudio } from '../studio/create.js';
import { optionSpecs, type OptionName, type OptionSpec, type RawOptions } from '../request/options.js';
import { readArguments, runProgram, UsageError } from './terminal.js';

const optionNames = Object.keys(optionSpecs) as OptionName[];

const usage = `Usage: npm run compose -- [options]

Composes a piece and writes it as MIDI, sound and picture.

${optionNames.map((name) => usageLine(name, optionSpecs[name])).join('\n')}
  --input FILE.mid      MIDI file to start from, instead of a built-in opening
  --out DIR             where the files go (out)
  --soundfont FILE.sf2  another sound than the built-in piano
  --json                print one line of JSON about the result`;

async function main(): Promise<void> {
  const { values } = readArguments({
    ...(Object.fromEntries(optionNames.map((name) => [name, { type: 'string' }])) as Record<
      OptionName,
      { type: 'string' }
    >),
    input: { type: 'string' },
    out: { type: 'string', default: 'out' },
    soundfont: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const { input, out, soundfont, json } = values;
  const raw: RawOptions = Object.fromEntries(optionNames.map((name) => [name, values[name]]));
  if (input !== undefined && raw.opening !== undefined) {
    throw new UsageError('Give either --input or --opening: a piece begins once.');
  }
  const studio = await createStudio({
    dataFolder: process.env['DATA_DIR'] ?? 'data',
    defaultModel: process.env['DEFAULT_MODEL'],
    soundFont: soundfont,
    queueLimit: 1,
  });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const bar = new SingleBar({
    format: '{stage} [{bar}] {value}/{total} notes',
    stream: process.stderr,
    clearOnComplete: true,
  });
  try {
    const opening =
      input === undefined ? undefined : await studio.readOpening(await fileBytes(input), basename(input));
    const request = studio.request(raw, opening);
    bar.start(request.notes, 0, { stage: 'Composing' });
    const composition = await studio.compose(request, {
      signal: stop.signal,
      onProgress: (progress) => showProgress(bar, progress),
    });
    bar.stop();
    const paths = await write(composition, out);
    process.stdout.write(
      json ? `${JSON.stringify(summary(composition, paths))}\n` : report(composition, paths),
    );
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    bar.stop();
    await studio.close();
  }
}

function usageLine(name: OptionName, spec: OptionSpec): string {
  const value = { choice: 'NAME', name: 'NAME', text: 'TEXT', integer: 'N', number: 'N' }[spec.kind];
  const range = spec.kind === 'integer' || spec.kind === 'number' ? `; ${spec.min} to ${spec.max}` : '';
  const choices = spec.kind === 'choice' ? `\n${' '.repeat(24)}${spec.choices.join(', ')}` : '';
  return `  --${`${name} ${value}`.padEnd(20)}${spec.description}${range}${choices}`;
}

async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new UserError('input.missing', `The file ${path} cannot be read; check its name.`);
  }
}

function showProgress(bar: SingleBar, progress: Progress): void {
  if (progress.stage === 'composing') bar.update(progress.notes, { stage: 'Composing' });
  if (progress.stage === 'rendering') bar.update(bar.getTotal(), { stage: 'Rendering' });
}

type Paths = Readonly<Record<string, string>>;

/** @returns the path of each output, by role */
async function write({ outputs }: Composition, folder: string): Promise<Paths> {
  await mkdir(folder, { recursive: true });
  const paths = outputs.map(async ({ role, extension, bytes }) => {
    const path = join(folder, `composition${extension}`);
    await writeFile(path, bytes);
    return [role, path] as const;
  });
  return Object.fromEntries(await Promise.all(paths));
}

function summary(composition: Composition, paths: Paths): object {
  const { piece, durationSeconds, request, model, timingsMs } = composition;
  const cutAt = outputOf(composition, 'audio').preview?.cutAtSeconds;
  return {
    ...paths,
    notes: piece.notes.length,
    durationSeconds,
    seed: request.seed,
    model,
    timingsMs,
    ...(cutAt !== undefined && { audioCutAtSeconds: cutAt }),
  };
}

/** What was made of the person's own words, and what was not. */
function understoodLine({ wishes }: CompositionRequest): string[] {
  if (wishes?.text === undefined) return [];
  const { understood, ignored } = understand(wishes.text);
  return [
    `understood: ${understood.join(', ') || 'nothing'}; not understood: ${ignored.join(', ') || 'nothing'}`,
  ];
}

function report(composition: Composition, paths: Paths): string {
  const { piece, request, model } = composition;
  return [
    `${titleIn(englishTitles, piece)}: ${describePiece(piece)}`,
    ...understoodLine(request),
    `seed ${request.seed}, model ${model}, ${(composition.timingsMs.total / 1000).toFixed(1)} s`,
    ...Object.values(paths),
    '',
  ].join('\n');
}

await runProgram(usage, main);
