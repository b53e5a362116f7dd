import { evaluation as words } from '../i18n/en/evaluation.js';
import { compare, play, type DistanceRow, type MusicOptions } from './evaluate.js';
import type { SamplingSettings } from '../model/model.js';
import type { EvaluatedModel } from './evaluated-model.js';
import type { Library } from './material.js';
import type { Opening } from '../request/request.js';
import { judgeSettings } from './judge-pieces.js';
import {
  distanceCells,
  distanceColumns,
  pieceCells,
  pieceColumns,
  type ReportTable,
} from './report-tables.js';
import type { PieceFigures } from './whole-pieces.js';

export interface SweepRow {
  readonly settings: SamplingSettings;
  readonly isDefault: boolean;
  readonly distances: DistanceRow['distances'];
  /** Measures of pieces from the built-in openings. */
  readonly pieces: PieceFigures;
}

/** Every combination of the values of each setting; other settings keep their defaults. */
export function grid(values: Readonly<Record<string, readonly number[]>>): SamplingSettings[] {
  return Object.entries(values).reduce<SamplingSettings[]>(
    (combinations, [name, each]) =>
      combinations.flatMap((settings) => each.map((value) => ({ ...settings, [name]: value }))),
    [{}],
  );
}

/**
 * The distances of a model's music under each of these settings, all with the same primers and the same
 * reference, the nearest to real music first.
 * @param onRow called after each
 */
export async function sweep(
  model: EvaluatedModel,
  library: Library,
  settings: readonly SamplingSettings[],
  openings: ReadonlyMap<string, Opening>,
  options: Omit<MusicOptions, 'settings'>,
  onRow?: (rows: number) => void,
): Promise<readonly SweepRow[]> {
  const rows: SweepRow[] = [];
  for (const changed of settings) {
    const all = { ...model.settings, ...changed };
    const isDefault = Object.entries(all).every(([name, value]) => model.settings[name] === value);
    const sessions = await play(model, library, { ...options, settings: all });
    const { excerpts, seeds } = options;
    const pieces = await judgeSettings(model, openings, { pieces: excerpts, seeds, settings: all });
    rows.push({ settings: all, isDefault, distances: compare(sessions), pieces });
    onRow?.(rows.length);
  }
  return rows.sort((a, b) => a.distances.fd26.mean - b.distances.fd26.mean);
}

export function sweepTable(rows: readonly SweepRow[], { excerpts, seeds }: MusicOptions): ReportTable {
  const names = Object.keys(rows[0]?.settings ?? {});
  return {
    title: words.sections.sampling,
    note: words.sweep(excerpts, seeds.length),
    columns: [...names, ...distanceColumns, ...pieceColumns],
    rows: rows.map(({ settings, isDefault, distances, pieces }) => ({
      cells: [
        ...names.map((name) => String(settings[name])),
        ...distanceCells(distances),
        ...pieceCells(pieces),
      ],
      isModel: isDefault,
    })),
  };
}
