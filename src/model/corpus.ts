import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { corpusLimits } from '../music/midi/limits.js';
import { readKeyboard } from '../music/midi/read.js';
import { refusalOf, UserError, type Refusal } from '../errors/user-error.js';
import { readCached, type CachedForm } from '../storage/file-cache.js';
import { Random, shuffle } from './random.js';
import { midiFiles } from './midi-files.js';
import { bytesPerNote, packSequences, toSequence, unpackSequences, type Sequence } from './sequence.js';

export interface CorpusFile {
  /** Relative to the corpus folder, with forward slashes. */
  readonly name: string;
  readonly sequence: Sequence;
}

/** Music to train on, and music that is held out to validate with. */
export interface TrainingMusic {
  readonly training: readonly CorpusFile[];
  readonly validation: readonly CorpusFile[];
}

export interface Corpus extends TrainingMusic {
  /** Files that could not be read or are too short, with the reason. */
  readonly refused: readonly { readonly name: string; readonly refusal: Refusal }[];
}

export interface CorpusOptions {
  /**
   * Maximum number of training files, and of held-out ones, to limit the time for reading and evaluation; for
   * a folder without its own split, the maximum in total.
   */
  readonly files?: number;
  /** Seeds the choice of files, and the split of a folder without its own. */
  readonly seed: number;
  /** Which of MAESTRO's splits is held out; `validation` by default. */
  readonly heldOut?: 'validation' | 'test';
  /** Cache folder for notes, so that the next start is faster. */
  readonly cacheFolder?: string;
  readonly onProgress?: (read: number, total: number) => void;
}

/**
 * The MIDI files below a folder, split by file. MAESTRO's table assigns its files to splits; of any other
 * folder, a tenth of the files, at least one, is held out for validation.
 * @throws UserError when there is no such folder or split, or one side has no music.
 */
export async function readCorpus(folder: string, options: CorpusOptions): Promise<Corpus> {
  const { files = Infinity, seed, heldOut = 'validation', cacheFolder, onProgress } = options;
  const random = new Random(seed);
  const names = await midiFiles(folder);
  const published = await maestroSplit(folder);
  if (published === undefined && heldOut === 'test') {
    throw new UserError('corpus.no-test-split', { folder });
  }
  const part = (split: string): string[] => names.filter((name) => published?.get(name) === split);
  const chosen = sample(published === undefined ? names : part('train'), files, random);
  const held = part(heldOut);
  const validating = files < held.length ? sample(held, files, random) : held;

  const total = chosen.length + validating.length;
  const refused: { name: string; refusal: Refusal }[] = [];
  let read = 0;
  const load = async (wanted: readonly string[]): Promise<CorpusFile[]> => {
    const loaded: CorpusFile[] = [];
    for (const name of wanted) {
      try {
        loaded.push({ name, sequence: await readSequence(join(folder, name), cacheFolder) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        refused.push({ name, refusal: refusalOf(error) });
      }
      onProgress?.(++read, total);
    }
    return loaded;
  };
  let training = await load(chosen);
  let validation = await load(validating);
  if (published === undefined) {
    const count = Math.max(1, Math.round(training.length / 10));
    validation = training.slice(0, count);
    training = training.slice(count);
  }
  if (training.length === 0 || validation.length === 0) {
    throw new UserError('corpus.too-few-files', { folder, files: names.length, fit: total - refused.length });
  }
  return { training, validation, refused };
}

/** From MAESTRO's `maestro-v*.csv`: file name → composer. Empty for other folders. */
export async function maestroComposers(folder: string): Promise<ReadonlyMap<string, string>> {
  const rows = ((await maestroTable(folder)) ?? '').matchAll(
    /^(?:"([^"\n]*)"|([^,\n]*)),.*,([^,\n]+\.midi?),/gm,
  );
  return new Map([...rows].map(([, quoted, plain = '', name = '']) => [name, quoted ?? plain]));
}

async function maestroTable(folder: string): Promise<string | undefined> {
  const table = (await readdir(folder)).find((name) => /^maestro-v.*\.csv$/.test(name));
  return table === undefined ? undefined : readFile(join(folder, table), 'utf8');
}

/** From MAESTRO's `maestro-v*.csv`: file name → split. Undefined for other folders. */
async function maestroSplit(folder: string): Promise<ReadonlyMap<string, string> | undefined> {
  const text = await maestroTable(folder);
  if (text === undefined) return undefined;
  // Titles may be quoted and contain commas; the columns from the split on do not.
  const rows = text.matchAll(/,(train|validation|test),\d{4},([^,\n]+\.midi?),/g);
  return new Map([...rows].map(([, split = '', name = '']) => [name, split]));
}

function sample(names: readonly string[], count: number, random: Random): string[] {
  const order = Uint32Array.from(names.keys());
  shuffle(order, random);
  return [...order.subarray(0, Math.min(count, names.length))].map((i) => names[i]!);
}

/** Files with no more notes are skipped: this many are heard before one is predicted. */
const notesHeard = 25;

/** @throws UserError when the file has no music, or fewer notes than a window and the next note. */
async function readSequence(path: string, cacheFolder: string | undefined): Promise<Sequence> {
  const sequence = await readCached(path, cacheFolder, form);
  if (sequence.pitch.length <= notesHeard) {
    throw new UserError('corpus.too-short', { notes: sequence.pitch.length, windowNotes: notesHeard });
  }
  return sequence;
}

const form: CachedForm<Sequence> = {
  extension: 'notes',
  parse: (bytes) => toSequence(readKeyboard(bytes, corpusLimits).notes),
  pack: (sequence) => packSequences([sequence]),
  unpack(bytes) {
    if (bytes.length === 0) throw new RangeError('There are no notes in it.'); // as after a crash
    return unpackSequences(bytes, [bytes.length / bytesPerNote])[0]!;
  },
};
