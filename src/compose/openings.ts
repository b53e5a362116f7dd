import { readdir, readFile } from 'node:fs/promises';
import { perform } from '../music/edit/perform.js';
import { toVelocity } from '../music/edit/velocity.js';
import type { TimeSignature } from '../music/meter.js';
import type { Note } from '../music/note.js';
import { hasMajorThird } from '../music/theory/scale.js';
import { characterOf } from '../request/character.js';
import type { Opening } from '../request/request.js';
import { plainName } from '../request/plain-name.js';
import type { Settings, Wishes } from '../request/settings.js';
import { parseSeedMelody } from './seed-melody.js';
import { UserError } from '../errors/user-error.js';

const folder = new URL('../../assets/seeds/', import.meta.url);

/** The built-in openings by name, sorted by name. */
export async function loadOpenings(): Promise<ReadonlyMap<string, Opening>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const openings = files.map(async (file) => {
    const json: unknown = JSON.parse(await readFile(new URL(file, folder), 'utf8'));
    const name = file.slice(0, -'.json'.length);
    return [name, { ...parseSeedMelody(json), name }] as const;
  });
  return new Map(await Promise.all(openings));
}

/**
 * The empty opening, for a piece that begins with no given notes; its name is a value of the option like any
 * other.
 */
export const nothingGiven = {
  name: 'none',
  title: 'Improvisation',
  notes: [],
  tempoBpm: 120,
  timeSignature: { numerator: 4, denominator: 4 },
} as const satisfies Opening;

/**
 * The opening with that name or title; without a name, one chosen by the seed.
 * @param openings at least one
 * @param name or part of its title, with or without accents
 * @throws UserError `options.opening`, listing the names
 */
export function chooseOpening(openings: ReadonlyMap<string, Opening>, seed: number, name?: string): Opening {
  if (name === undefined) return [...openings.values()][seed % openings.size]!;
  const wanted = plainName(name);
  const exact = openings.get(wanted);
  if (exact !== undefined) return exact;
  const words = wanted.split('-').filter((word) => word !== '');
  const fitting = [...openings].filter(([slug, { title }]) => {
    const names = wordsOf(slug, title);
    return words.length > 0 && words.every((word) => names.has(word));
  });
  if (fitting.length === 1) return fitting[0]![1];
  throw new UserError('options.opening', {
    problem: 'choice',
    option: 'opening',
    choices: (fitting.length > 0 ? fitting : [...openings]).map(([slug]) => slug),
    given: name.trim().slice(0, 40),
  });
}

/** Words that an opening can be named by. */
function wordsOf(slug: string, title: string): ReadonlySet<string> {
  return new Set(
    [slug, title]
      .flatMap((name) => plainName(name).match(/[^\s,.-]+[.,]*/gu) ?? [])
      .flatMap((word) => [word, word.replace(/[.,]+$/, '')]),
  );
}

/**
 * What a piece begins with: nothing if the name is `none`; the opening of another name; without a name, one
 * that fits the wishes, chosen by the seed. For a network trained on performances, it is played with the
 * expression that is wished for, unless the piece keeps to a grid.
 * @throws UserError `options.opening`, listing the names
 */
export function beginningFor(
  openings: ReadonlyMap<string, Opening>,
  settings: Wishes & Pick<Settings, 'seed' | 'quantise'>,
  hearsPerformances: boolean,
  name?: string,
): Opening {
  const names = [nothingGiven.name, nothingGiven.title.toLowerCase()];
  if (name !== undefined && names.includes(name.toLowerCase())) return nothingGiven;
  const choice = name === undefined ? fittingOpenings(openings, settings) : openings;
  const opening = chooseOpening(choice, settings.seed, name);
  return hearsPerformances && settings.quantise === 'none' ? playOpening(opening, settings) : opening;
}

type Asked = ReturnType<typeof characterOf>;

/** Size of the set of nearest openings to choose from. */
const nearest = 6;

/**
 * The openings that fit the wishes: in the meter and the mode, by the composer or of the period if there are
 * any, then the nearest in density and register.
 */
export function fittingOpenings(
  openings: ReadonlyMap<string, Opening>,
  wishes: Wishes,
): ReadonlyMap<string, Opening> {
  const wished = characterOf(wishes);
  const { mode, composer, era, density, tempo, register } = wished;
  let fit = [...openings];
  const narrow = (fits: (opening: Opening) => boolean): void => {
    const left = fit.filter(([, opening]) => fits(opening));
    if (left.length > 0) fit = left;
  };
  const meter = wishes.text?.meter;
  if (meter !== undefined) narrow(({ timeSignature }) => beatsOf(timeSignature) === beatsOf(meter));
  if (mode !== undefined) narrow(({ key }) => key !== undefined && hasMajorThird(key) === (mode === 'major'));
  if (era !== undefined) narrow((opening) => eraOf(opening) === era);
  if (composer !== undefined) narrow((opening) => composerOf(opening) === composer);
  const isFree = (density ?? tempo ?? register) === undefined;
  if (isFree || fit.length <= nearest) return new Map(fit);
  const near = fit.toSorted(([, a], [, b]) => strangeness(a, wished) - strangeness(b, wished));
  const chosen = new Set(near.slice(0, nearest).map(([name]) => name));
  return new Map(fit.filter(([name]) => chosen.has(name)));
}

/** Beats per bar, regardless of notation; two count as four. */
function beatsOf({ numerator }: TimeSignature): number {
  return numerator === 2 ? 4 : numerator;
}

/** Distance between an opening and the wishes. */
function strangeness({ notes }: Opening, { density, tempo, register }: Asked): number {
  const pace = density ?? tempo;
  const [slowest, fastest] = paceRange;
  const amount = Math.log(paceOf(notes) / slowest) / Math.log(fastest / slowest);
  return (
    (pace === undefined ? 0 : Math.abs(amount - pace)) +
    (register === undefined ? 0 : Math.abs(mean(notes, 'pitch') - registerAt(register)) / 24)
  );
}

/** Notes per second of the sparsest and the densest music that can be wished for. */
const paceRange = [2.5, 12] as const;
/** Limits on how far an opening is slowed down or sped up. */
const slowest = 0.65;
const fastest = 1.5;
/** Mean velocities of soft and of loud music: all but a tenth of real music is between them. */
const softest = 46;
const loudest = 81;

const registerAt = (amount: number): number => 50 + 22 * amount;

/** Plays an opening with human timing, at the loudness, tempo and register wished for. */
export function playOpening(opening: Opening, wishes: Wishes): Opening {
  const { density, tempo, loudness, register } = characterOf(wishes);
  const pace = density ?? tempo;
  const [least, most] = paceRange;
  const wanted = pace === undefined ? undefined : least * (most / least) ** pace;
  const faster =
    wanted === undefined ? 1 : Math.min(Math.max(wanted / paceOf(opening.notes), slowest), fastest);
  const louder =
    loudness === undefined ? 0 : softest + (loudest - softest) * loudness - mean(opening.notes, 'velocity');
  const away = register === undefined ? 0 : registerAt(register) - mean(opening.notes, 'pitch');
  const higher = 12 * Math.round(away / 16);
  const shaped = opening.notes.map((note) => ({
    pitch: inReach(note.pitch + higher),
    onsetSeconds: note.onsetSeconds / faster,
    durationSeconds: note.durationSeconds / faster,
    velocity: toVelocity(note.velocity + louder),
  }));
  return { ...opening, tempoBpm: opening.tempoBpm * faster, notes: perform(shaped) };
}

/** Moves a pitch by octaves into the range of a piano. */
function inReach(pitch: number): number {
  return pitch < 21 ? pitch + 12 : pitch > 108 ? pitch - 12 : pitch;
}

function paceOf(notes: readonly Note[]): number {
  const heard = notes.slice(0, 25);
  return heard.length / Math.max(heard.at(-1)!.onsetSeconds, 0.5);
}

function mean(notes: readonly Note[], name: 'pitch' | 'velocity'): number {
  return notes.reduce((sum, note) => sum + note[name], 0) / notes.length;
}

/** The composer's last name, as in the options. */
function composerOf({ title }: Opening): string {
  return title.split(',')[0]!.split(' ').at(-1)!.toLowerCase();
}

const baroque = ['bach', 'petzold', 'pachelbel'];
const classical = ['mozart', 'beethoven'];
const modern = ['satie', 'joplin'];

function eraOf(opening: Opening): string {
  const composer = composerOf(opening);
  if (baroque.includes(composer)) return 'baroque';
  if (classical.includes(composer)) return 'classical';
  return modern.includes(composer) ? 'modern' : 'romantic';
}
