import { describe, expect, it } from 'vitest';
import { loadOpenings } from '../../src/compose/openings.js';
import { densityPlot } from '../../src/evaluation/density-plot.js';
import {
  compareWithKnown,
  comparisonsPerSeed,
  describeMusic,
  play,
  type Evaluation,
  type FeatureValues,
} from '../../src/evaluation/evaluate.js';
import type { EvaluatedModel } from '../../src/evaluation/evaluated-model.js';
import { featureNames } from '../../src/evaluation/features.js';
import { judgePieces } from '../../src/evaluation/judge-pieces.js';
import { pageReport } from '../../src/evaluation/report-page.js';
import { reportTables } from '../../src/evaluation/report-tables.js';
import { markdownReport, textReport } from '../../src/evaluation/report-text.js';
import { grid, sweep, sweepTable } from '../../src/evaluation/sweep.js';
import { evaluation as evaluationWords } from '../../src/i18n/en/evaluation.js';
import { madeUpLibrary, madeUpPiece } from './music-fixture.js';

const library = madeUpLibrary(12, 300);
const cruelName = '<b>&"model"|`*@1234';

/** Plays made-up music, faster for a higher setting. */
const fake: EvaluatedModel = {
  id: cruelName,
  kind: 'lstm',
  hears: 'key-held',
  primerNotes: 25,
  options: {},
  settings: { speed: 1 },
  continueAll: (primers, { count, seed, settings, onProgress }) => {
    onProgress?.(primers.length * count);
    const speed = settings?.['speed'] ?? 1;
    return Promise.resolve(
      primers.map((_, i) =>
        madeUpPiece(1000 * seed + i, count).map((note) => ({
          ...note,
          onsetSeconds: note.onsetSeconds / speed,
          durationSeconds: note.durationSeconds / speed,
        })),
      ),
    );
  },
  composeAll: (requests) =>
    Promise.resolve(
      requests.map(({ seed, notes = 400 }) => {
        const all = madeUpPiece(seed, notes + 25);
        return { opening: all.slice(0, 25), notes: all.slice(25) };
      }),
    ),
  likelihood: () => Promise.resolve({ measure: 'nats', count: 0, columns: [], rows: [] }),
};

const openings = await loadOpenings();

async function evaluated(): Promise<[Evaluation, FeatureValues]> {
  const sessions = await play(fake, library, { excerpts: 10, seeds: [1, 2] });
  const { rows, giveaways, values } = compareWithKnown(sessions);
  return [
    {
      model: cruelName,
      split: 'validation',
      sampling: 'spread',
      settings: fake.settings,
      seeds: [1, 2],
      excerpts: 10,
      excerptNotes: 256,
      primerNotes: 25,
      trainingPieces: 12,
      heldOutPieces: 12,
      likelihood: {
        measure: 'nats',
        count: 1234,
        columns: ['all'],
        rows: [
          { name: 'model', values: [1.25] },
          { name: 'bigram', values: [undefined] },
        ],
      },
      pieces: await judgePieces(fake, openings, library, { pieces: 6, seeds: [1, 2] }),
      wishes: [
        {
          wish: 'mozart',
          pieces: 60,
          inside: { density: 0.75, polyphony: 0.8, loudness: 0.7 },
          chance: { density: 0.5, polyphony: 0.6, loudness: 0.65 },
          spread: { density: 0.91, polyphony: 1.02, loudness: 0.73 },
        },
      ],
      distances: rows,
      giveaways,
      ...describeMusic(sessions, values, library),
      adherence: [
        { control: 'tempo', requests: 8, obeyed: 7, correlation: 0.98 },
        { control: 'key', requests: 8, obeyed: 8 },
        { control: 'all', requests: 4, obeyed: 4 },
        { control: 'key', isTag: true, requests: 8, obeyed: 5 },
      ],
      cost: {
        notesPerSecond: 4321,
        medianSeconds: 0.07,
        p95Seconds: 0.1,
        peakMebibytes: 150,
        bareMebibytes: 50,
      },
    },
    values,
  ];
}

const report = await evaluated();
const [evaluation, values] = report;

describe('an evaluation', () => {
  it('compares the model and all known music, seed by seed', async () => {
    const progress: number[] = [];
    const sessions = await play(fake, library, {
      excerpts: 10,
      seeds: [1, 2],
      onProgress: (notes) => progress.push(notes),
    });
    expect(progress).toEqual([2560, 5120]);
    expect(sessions.map(({ seed }) => seed)).toEqual([1, 2]);
    let done = 0;
    compareWithKnown(sessions, (count) => (done = count));
    expect(done).toBe(2 * comparisonsPerSeed);
    expect(evaluation.distances).toHaveLength(comparisonsPerSeed);
    const fd = evaluation.distances.map(({ distances }) => distances.fd26.mean);
    expect(fd).toEqual(fd.toSorted((a, b) => a - b));
    // Music of the same kind as the reference is nearer to it than any distortion.
    expect(
      evaluation.distances
        .slice(0, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['model', 'real']);
  });

  it('is reproducible', async () => {
    expect(await evaluated()).toEqual(report);
  });

  it('keeps the values of all seeds to be drawn', () => {
    expect([values.real.length, values.model.length]).toEqual([20, 20]);
  });
});

describe('the report', () => {
  it('has a cell for every column', () => {
    for (const { title, columns, rows } of reportTables(evaluation)) {
      expect(rows.length, title).toBeGreaterThan(0);
      for (const { cells } of rows) expect(cells).toHaveLength(columns.length);
    }
  });

  it('in a terminal names the model and lines its columns up', () => {
    const text = textReport(evaluation);
    expect(text).toContain(`${cruelName} on validation`);
    expect(text).toMatch(/^tempo +7 of 8 +0\.98$/m);
    expect(text).toMatch(/^all together +4 of 4$/m);
    expect(text).toMatch(/^tag key +5 of 8$/m);
    expect(text).toMatch(/^this model +1\.2500$/m);
    const [header, first] = /^ +FD₂₆.*\n.*$/m.exec(text)![0].split('\n');
    expect(first!.length).toBe(header!.length);
  });

  it('as Markdown is tables of equal rows, the model in bold', () => {
    const markdown = markdownReport(evaluation);
    for (const table of markdown.match(/(^\|.*\|\n?)+/gm)!) {
      const widths = table
        .trim()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
    expect(markdown).toMatch(/^\| \*\*this model\*\* \| \*\*\d/m);
  });

  it('as a page is self-contained, and escapes its contents', () => {
    const page = pageReport(evaluation, values);
    expect(page).not.toContain('<b>');
    expect(page).toContain('&#60;b&#62;&#38;&#34;model&#34;');
    expect(page).not.toMatch(/(src|href|url)\s*[=(]/);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page.match(/<figure>/g)).toHaveLength(featureNames.length);
    const open: string[] = [];
    for (const [, close, name, self] of page
      .replace(/<style>[^]*<\/style>/, '')
      .matchAll(/<(\/?)([a-z0-9]+)[^>]*?(\/?)>/g)) {
      if (name === 'meta' || self === '/') continue;
      if (close === '/') expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
  });
});

describe('the plot of a feature', () => {
  it('has a text alternative', () => {
    expect(densityPlot(evaluationWords.features.poly, [1, 2, 3], [4, 4, 4])).toContain(
      'notes sounding at once: median 4.00, in real music 2.00',
    );
  });

  it.each([
    ['one value', [5], [5]],
    ['the same', [0, 0], [0, 0]],
    ['far apart', [0, 1e-9], [1e6]],
  ])('can be drawn of any values: %s', (_, real, model) => {
    expect(densityPlot('x', real, model)).not.toMatch(/NaN|Infinity/);
  });
});

describe('a sweep', () => {
  it('tries every combination', () => {
    expect(grid({ a: [1, 2], b: [3, 4] })).toEqual([
      { a: 1, b: 3 },
      { a: 1, b: 4 },
      { a: 2, b: 3 },
      { a: 2, b: 4 },
    ]);
    expect(grid({})).toEqual([{}]);
  });

  it('ranks settings by their distance and marks the default', async () => {
    const options = { excerpts: 10, seeds: [1] };
    const rows = await sweep(fake, library, grid({ speed: [0.2, 1, 8] }), openings, options);
    expect(rows[0]!.settings).toEqual({ speed: 1 });
    expect(rows.map(({ isDefault }) => isDefault)).toEqual([true, false, false]);
    const table = sweepTable(rows, options);
    expect(table.rows.map(({ cells }) => cells[0])).toContain('0.2');
    expect(table.rows.every(({ cells }) => cells.length === table.columns.length)).toBe(true);
  });
});
