#!/usr/bin/env node
import { terminal } from '../i18n/en/terminal.js';
import { english } from '../i18n/en/english.js';
import { rollWordsIn } from '../i18n/picture.js';
import { rollWordsFor, titlesFor } from '../i18n/title.js';
import { soundIn } from '../i18n/sound.js';
import { noteCount } from '../music/piece.js';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { extentOf, type CompositionRequest } from '../request/request.js';
import { titleIn } from '../music/title.js';
import { UserError } from '../errors/user-error.js';
import { notFollowedIn, notUnderstoodIn, understoodIn } from '../i18n/understood.js';
import { outputOf, type Composition, type Progress } from '../compose/composition.js';
import { openMusicServices } from '../compose/music-services.js';
import { merged } from '../request/option-text.js';
import { optionNames, specOf, type OptionName, type RawOptions } from '../request/options.js';
import { parseStyle } from '../request/style.js';
import { openFolder, writeFiles } from './out-folder.js';
import { jsonLine, readArguments, runProgram, UsageError } from './terminal.js';

const usage = terminal.usage.compose();

async function main(): Promise<void> {
  const { values } = readArguments(usage, {
    ...Object.fromEntries(optionNames.flatMap(namesOf).map((name) => [name, { type: 'string' }] as const)),
    input: { type: 'string' },
    out: { type: 'string', default: 'out' },
    soundfont: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const { input, out, soundfont, json } = values;
  const raw = givenOptions(values);
  if (input !== undefined && raw.opening !== undefined) {
    throw new UsageError(terminal.wrong.twoBeginnings);
  }
  await openFolder(out);
  const music = await openMusicServices({
    dataFolder: process.env['DATA_DIR'] ?? 'data',
    defaultModel: process.env['DEFAULT_MODEL'],
    soundFont: soundfont,
    queueLimit: 1,
    words: rollWordsIn(english),
  });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const bar = new SingleBar({
    format: '{stage} [{bar}] {value}/{total} {unit}',
    stream: process.stderr,
    clearOnComplete: true,
  });
  try {
    const opening =
      input === undefined ? undefined : await music.reader.opening(await fileBytes(input), basename(input));
    const request = music.requests.start(raw, opening);
    const { unit, amount } = extentOf(request);
    bar.start(amount, 0, { stage: terminal.progress.composing, unit: terminal.progress[unit] });
    const composition = await music.composing.compose(request, {
      signal: stop.signal,
      words: rollWordsFor(english, request),
      onProgress: (progress) => showProgress(bar, progress),
    });
    bar.stop();
    const paths = await write(composition, out);
    process.stdout.write(json ? jsonLine(summary(composition, paths)) : report(composition, paths));
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    bar.stop();
    await music.close();
  }
}

function namesOf(name: OptionName): readonly string[] {
  return [name, ...(specOf(name).aliases ?? [])];
}

/** The composition options among the arguments. */
function givenOptions(values: Readonly<Record<string, unknown>>): RawOptions {
  const given = optionNames.flatMap((name) =>
    namesOf(name).flatMap((written) => {
      const value = values[written];
      if (typeof value !== 'string') return [];
      return [specOf(name).kind === 'words' ? parseStyle(value) : { [name]: value }];
    }),
  );
  return merged(...given);
}

async function fileBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new UserError('input.missing', { file: path });
  }
}

function showProgress(bar: SingleBar, progress: Progress): void {
  if (progress.stage === 'composing-time')
    bar.update(progress.seconds, { stage: terminal.progress.composing });
  if (progress.stage === 'composing') bar.update(progress.notes, { stage: terminal.progress.composing });
  if (progress.stage === 'rendering') bar.update(bar.getTotal(), { stage: terminal.progress.rendering });
}

type Paths = Readonly<Record<string, string>>;

/** @returns the path of each output, by role */
async function write({ outputs }: Composition, folder: string): Promise<Paths> {
  const named = outputs.map((output) => ({ ...output, name: `composition${output.extension}` }));
  await writeFiles(folder, Object.fromEntries(named.map(({ name, bytes }) => [name, bytes])));
  return Object.fromEntries(named.map(({ role, name }) => [role, join(folder, name)]));
}

function summary(composition: Composition, paths: Paths): object {
  const { piece, durationSeconds, request, model, timingsMs } = composition;
  const { fromSeconds, cutAtSeconds } = outputOf(composition, 'audio').preview ?? {};
  return {
    ...paths,
    notes: noteCount(piece),
    durationSeconds,
    seed: request.seed,
    model,
    timingsMs,
    ...(fromSeconds !== undefined && { audioFromSeconds: fromSeconds }),
    ...(cutAtSeconds !== undefined && { audioCutAtSeconds: cutAtSeconds }),
  };
}

/** What was understood of the person's words, and what was not. */
function understoodLine(request: CompositionRequest): string[] {
  const { text } = request;
  if (text === undefined) return [];
  return [
    ...notUnderstoodIn(english, text),
    ...notFollowedIn(english, request),
    terminal.understood(understoodIn(english, text)),
  ];
}

function report(composition: Composition, paths: Paths): string {
  const { piece, request, model } = composition;
  return [
    `${titleIn(titlesFor(english, request), piece)}: ${soundIn(english, piece)}`,
    ...understoodLine(request),
    terminal.composed(request.seed, model, (composition.timingsMs.total / 1000).toFixed(1)),
    ...Object.values(paths),
    '',
  ].join('\n');
}

await runProgram(main);
