import { evaluation as words } from '../i18n/en/evaluation.js';
import type { Evaluation } from './evaluate.js';
import { reportTables, type ReportTable } from './report-tables.js';

/** The report for a terminal. Columns are padded; the first is left-aligned, the others right-aligned. */
export function textReport(evaluation: Evaluation): string {
  return [heading(evaluation), ...reportTables(evaluation).map(textTable)].join('\n\n');
}

export function textTable({ title, columns, rows }: ReportTable): string {
  const lines = [columns, ...rows.map(({ cells }) => cells)];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [title, ...lines.map(line).filter((each) => each !== '')].join('\n');
}

/** The report for a model card. */
export function markdownReport(evaluation: Evaluation): string {
  const { seeds, sampling, settings } = evaluation;
  return [
    words.measured(seeds, sampling, settings),
    ...reportTables(evaluation).map((table) => `### ${table.title}\n\n${markdownTable(table)}`),
  ].join('\n\n');
}

/** The table without its title. */
export function markdownTable({ note, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[], isModel = false): string =>
    `| ${cells.map((cell) => (isModel && cell !== '' ? `**${escapeMarkdown(cell)}**` : escapeMarkdown(cell))).join(' | ')} |`;
  return [
    escapeMarkdown(note),
    '',
    line(columns),
    `|${columns.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`,
    ...rows.map(({ cells, isModel }) => line(cells, isModel)),
  ].join('\n');
}

function heading({ model, split, heldOutPieces, trainingPieces }: Evaluation): string {
  return words.heading(model, split, heldOutPieces, trainingPieces);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\|*_`<>[\]]/g, '\\$&');
}
