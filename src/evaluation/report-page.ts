import { element, escapeXml } from '../render/svg.js';
import { evaluation as words } from '../i18n/en/evaluation.js';
import { densityPlot } from './density-plot.js';
import { distanceRuler } from './distance-ruler.js';
import type { Evaluation, FeatureValues } from './evaluate.js';
import { featureNames } from './features.js';
import { reportTables, type ReportTable } from './report-tables.js';

/** A self-contained HTML page: the distances, each feature compared with real music, and all tables. */
export function pageReport(evaluation: Evaluation, { real, model }: FeatureValues): string {
  const { model: id, split, sampling, settings, features } = evaluation;
  const plots = featureNames.map((name, i) => {
    const column = (vectors: FeatureValues['real']): number[] => vectors.map((vector) => vector[i]!);
    return element('figure', {}, densityPlot(words.features[name], column(real), column(model)));
  });
  const worst = featureNames
    .toSorted((a, b) => (features[b].deviation ?? 0) - (features[a].deviation ?? 0))
    .slice(0, 3)
    .map((name) => words.features[name]);
  const [distances, ...others] = reportTables(evaluation);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(words.page.title(id))}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeXml(words.page.title(id))}</h1>
<p class="lead">${escapeXml(words.page.lead(split, sampling, settings))}</p>
<h2>${escapeXml(words.page.distances)}</h2>
<p>${escapeXml(words.page.distancesNote)}</p>
<div class="ruler">${distanceRuler(evaluation.distances)}</div>
<h2>${escapeXml(words.page.features)}</h2>
<p>${escapeXml(words.page.worst(worst))}</p>
<p class="legend"><span class="swatch real"></span> ${escapeXml(words.music.real)} <span class="swatch model"></span> ${escapeXml(words.music.model)} <span class="quiet">${escapeXml(words.page.medians)}</span></p>
<div class="plots">
${plots.join('\n')}
</div>
<h2>${escapeXml(words.page.tables)}</h2>
<div class="tables">
${[distances!, ...others].map(htmlTable).join('\n')}
</div>
</main>
</body>
</html>
`;
}

function htmlTable({ title, note, columns, rows }: ReportTable): string {
  const row = (name: 'th' | 'td', cells: readonly string[], isModel = false): string =>
    element(
      'tr',
      { class: isModel ? 'model' : undefined },
      ...cells.map((cell) => element(name, {}, escapeXml(cell))),
    );
  const hasHeader = columns.some((column) => column !== '');
  return element(
    'section',
    {},
    element('h3', {}, escapeXml(title)),
    element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        {},
        ...(hasHeader ? [element('thead', {}, row('th', columns))] : []),
        element('tbody', {}, ...rows.map(({ cells, isModel }) => row('td', cells, isModel))),
      ),
    ),
    element('p', { class: 'quiet' }, escapeXml(note)),
  );
}

const style = `
:root { color-scheme: light dark; --page: #f7f7fb; --panel: #ffffff; --text: #1c1f2e; --quiet: #5a6078; --line: #dcdfea;
  --real: #8f9bc4; --model: #c2410c; --known: #5262d4; }
@media (prefers-color-scheme: dark) {
  :root { --page: #12141f; --panel: #1b1f30; --text: #f4f5fb; --quiet: #b4bad3; --line: #363b57;
    --real: #6572ab; --model: #ff9a6e; --known: #9aa6ff; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 2rem; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { margin: 40px 0 4px; }
h3 { margin: 0 0 8px; font-size: 1.05rem; }
p { margin: 0 0 12px; }
.lead, .quiet { color: var(--quiet); }
.quiet { font-size: 0.875rem; }
.ruler, figure, section { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; }
.ruler { padding: 12px; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 12px; }
figure { margin: 0; padding: 6px; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--text); }
svg text.axis { fill: var(--quiet); font-size: 11px; }
.ruler text { font-size: 15px; }
.ruler text.axis { font-size: 13px; }
svg text.model { fill: var(--model); font-weight: 700; }
path.axis { stroke: var(--line); fill: none; }
path.real { fill: var(--real); fill-opacity: 0.5; stroke: none; }
path.model { fill: none; stroke: var(--model); stroke-width: 2; }
path.median { fill: none; stroke-width: 3; }
path.real.median { stroke: var(--real); }
.bar { fill: none; stroke-width: 2; opacity: 0.35; }
.spread { fill: none; stroke-width: 6; opacity: 0.6; }
.known.bar, .known.spread { stroke: var(--known); }
.model.bar, .model.spread { stroke: var(--model); }
circle.known { fill: var(--known); }
circle.model { fill: var(--model); }
.legend { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
.swatch { display: inline-block; width: 18px; height: 12px; border-radius: 3px; }
.swatch.real { background: var(--real); }
.swatch.model { background: var(--model); height: 3px; }
.tables { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 16px; margin-top: 12px; }
section { padding: 16px; }
section:first-child { grid-column: 1 / -1; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 8px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 9em; }
th { color: var(--quiet); font-weight: 600; }
tr.model td { color: var(--model); font-weight: 700; }
section .quiet { margin: 10px 0 0; }
@media (max-width: 520px) { .tables { grid-template-columns: 1fr; } }
`;
