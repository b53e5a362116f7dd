import { compare, play, type DistanceRow, type MusicOptions } from './evaluate.js';
import type { SamplingSettings } from '../model/model.js';
import type { EvaluatedModel } from './evaluated-model.js';
import type { Library } from './material.js';
import { distanceCells, distanceColumns, type ReportTable } from './report-tables.js';

export interface SweepRow {
  readonly settings: SamplingSettings;
  readonly isDefault: boolean;
  readonly distances: DistanceRow['distances'];
}

/** Every combination of the values of each setting; settings that are not named keep their default. */
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
 * @param onRow told after each
 */
export async function sweep(
  model: EvaluatedModel,
  library: Library,
  settings: readonly SamplingSettings[],
  options: Omit<MusicOptions, 'settings'>,
  onRow?: (rows: number) => void,
): Promise<readonly SweepRow[]> {
  const rows: SweepRow[] = [];
  for (const changed of settings) {
    const all = { ...model.settings, ...changed };
    const isDefault = Object.entries(all).every(([name, value]) => model.settings[name] === value);
    const sessions = await play(model, library, { ...options, settings: all });
    rows.push({ settings: all, isDefault, distances: compare(sessions) });
    onRow?.(rows.length);
  }
  return rows.sort((a, b) => a.distances.fd26.mean - b.distances.fd26.mean);
}

export function sweepTable(rows: readonly SweepRow[], { excerpts, seeds }: MusicOptions): ReportTable {
  const names = Object.keys(rows[0]?.settings ?? {});
  return {
    title: 'Settings of sampling',
    note: `Distance to real music of ${excerpts} excerpts, mean ± spread over ${seeds.length} seeds; the nearest first, the default in bold.`,
    columns: [...names, ...distanceColumns],
    rows: rows.map(({ settings, isDefault, distances }) => ({
      cells: [...names.map((name) => String(settings[name])), ...distanceCells(distances)],
      isModel: isDefault,
    })),
  };
}
