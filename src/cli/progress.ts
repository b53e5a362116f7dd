import { terminal } from '../i18n/en/terminal.js';
import { SingleBar } from 'cli-progress';
import { english } from '../i18n/en/english.js';
import { readCorpus, type Corpus, type CorpusOptions } from '../model/corpus.js';

/** Shows a progress bar on stderr, and clears it when the work is done. */
export async function withBar<T>(
  title: string,
  total: number,
  work: (update: (done: number) => void) => Promise<T> | T,
): Promise<T> {
  const bar = new SingleBar({
    format: `${title} [{bar}] {value}/{total}`,
    stream: process.stderr,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  try {
    return await work((done) => bar.update(done));
  } finally {
    bar.stop();
  }
}

/** Reads a folder of MIDI files with a progress bar, and reports the skipped ones. */
export async function readFiles(folder: string, options: Omit<CorpusOptions, 'onProgress'>): Promise<Corpus> {
  const bar = new SingleBar({
    format: `${terminal.progress.reading} [{bar}] {value}/{total}`,
    stream: process.stderr,
    clearOnComplete: true,
  });
  let begun = false;
  try {
    const corpus = await readCorpus(folder, {
      ...options,
      onProgress: (read, total) => {
        if (!begun) bar.start(total, 0);
        begun = true;
        bar.update(read);
      },
    });
    bar.stop();
    for (const { name, refusal } of corpus.refused) {
      process.stderr.write(`${terminal.skipped(name, english.refusal(refusal))}
`);
    }
    return corpus;
  } finally {
    bar.stop();
  }
}
