import { networks } from '../request/networks.js';
import { measureNames, type Measures } from '../model/characters-file.js';
import { Random } from '../model/random.js';
import { estimateKey } from '../music/theory/key-estimate.js';
import { hasMajorThird } from '../music/theory/scale.js';
import type { Note } from '../music/note.js';
import { composers } from '../request/words/composer-names.js';
import { densities, eras, moodNames, moods, polyphonies, type Character } from '../request/words/wishes.js';
import type { Opening } from '../request/request.js';
import type { Wishes } from '../request/settings.js';
import { requestWithOpening } from './continue-primers.js';
import type { EvaluatedModel } from './evaluated-model.js';
import { excerptLength } from './excerpt.js';
import type { Library } from './material.js';
import { fewestExcerpts, measured, namedExcerpts } from './named-excerpts.js';
import { mean, quantile } from './statistics.js';

/** Quantiles that limit real music of a composer or an era, and all real music. */
const ofKind = [0.1, 0.9] as const;
const ofAll = [0.01, 0.99] as const;

/** How requested music compares with real music of its kind. */
export interface WishRow {
  readonly wish: string;
  readonly pieces: number;
  /**
   * Share of pieces whose measure is in the range of four fifths of real music of the kind; for moods and
   * grades, in the range of all but a fiftieth of all music.
   */
  readonly inside: Readonly<Record<keyof Measures, number>>;
  /** The same for arbitrary real music: the chance level. */
  readonly chance: Readonly<Record<keyof Measures, number>>;
  /**
   * Of a composer or an era: how much the pieces differ, from the 10th to the 90th percentile, divided by how
   * much real music of the kind does. A model that always plays the median is near 0.
   */
  readonly spread?: Readonly<Record<keyof Measures, number>>;
  /** Share of pieces in the mode that a mood implies. */
  readonly mode?: number;
}

interface Excerpts {
  readonly composer: string;
  readonly measures: readonly Measures[];
}

/** @param folder of MAESTRO, whose table names the composers; for other music, only moods are measured */
export async function wishBands(
  model: EvaluatedModel,
  openings: ReadonlyMap<string, Opening>,
  library: Library,
  folder: string,
  pieces: number,
): Promise<readonly WishRow[]> {
  const all: Excerpts[] = [];
  for await (const { composer, excerpts } of namedExcerpts(library, folder))
    all.push({ composer, measures: excerpts.map(measured) });
  const every = all.flatMap(({ measures }) => measures);
  const seeds = new Random(1);
  const compose = async (wish: Wishes): Promise<readonly (readonly Note[])[]> => {
    const requests = Array.from({ length: pieces }, () =>
      requestWithOpening(openings, networks[model.kind].hearsPerformances, seeds.integer(), {
        ...wish,
        notes: excerptLength,
      }),
    );
    return (await model.composeAll(requests)).map(({ notes }) => notes);
  };
  const rows: WishRow[] = [];
  const judge = async (
    wish: string,
    asked: Wishes,
    band: readonly Measures[],
    [low, high]: readonly [number, number],
    mode?: Character['mode'],
  ): Promise<void> => {
    const isOfKind = low === ofKind[0];
    const composed = await compose(asked);
    const got = composed.map(measured);
    const share = (values: readonly Measures[], name: keyof Measures): number => {
      const real = band.map((each) => each[name]);
      const [from, to] = [quantile(real, low), quantile(real, high)];
      return mean(values.map((each) => (each[name] >= from && each[name] <= to ? 1 : 0)));
    };
    const shares = (values: readonly Measures[]): WishRow['inside'] =>
      Object.fromEntries(measureNames.map((name) => [name, share(values, name)])) as WishRow['inside'];
    rows.push({
      wish,
      pieces,
      inside: shares(got),
      chance: shares(every),
      ...(isOfKind && { spread: spreads(got, band) }),
      ...(mode !== undefined && { mode: mean(composed.map((notes) => (isIn(mode, notes) ? 1 : 0))) }),
    });
  };
  for (const composer of composers) {
    const own = all.filter((each) => lastName(each.composer) === composer).flatMap((each) => each.measures);
    if (own.length >= fewestExcerpts) await judge(composer, { composer }, own, ofKind);
  }
  for (const era of eras) {
    const own = all
      .filter((each) => model.eraOfComposer?.[each.composer] === era)
      .flatMap((each) => each.measures);
    if (own.length >= fewestExcerpts) await judge(era, { era }, own, ofKind);
  }
  for (const density of ends(densities)) await judge(`density ${density}`, { density }, every, ofAll);
  for (const polyphony of ends(polyphonies))
    await judge(`polyphony ${polyphony}`, { polyphony }, every, ofAll);
  for (const mood of moodNames) {
    const { mode }: Character = moods[mood];
    await judge(mood, { mood: [mood] }, every, ofAll, mode);
  }
  return rows;
}

/** The least and the most of a scale. */
function ends<T>(grades: readonly T[]): readonly T[] {
  return [grades[0]!, grades.at(-1)!];
}

function spreads(values: readonly Measures[], real: readonly Measures[]): WishRow['inside'] {
  const range = (all: readonly Measures[], name: keyof Measures): number => {
    const [low, high] = ofKind;
    const each = all.map((one) => one[name]);
    return quantile(each, high) - quantile(each, low);
  };
  return Object.fromEntries(
    measureNames.map((name) => [name, range(values, name) / range(real, name)]),
  ) as WishRow['inside'];
}

function isIn(mode: 'major' | 'minor', notes: readonly Note[]): boolean {
  const key = estimateKey(notes)?.key;
  return key !== undefined && hasMajorThird(key) === (mode === 'major');
}

function lastName(composer: string): string {
  return composer.split(' ').at(-1)!.toLowerCase();
}
