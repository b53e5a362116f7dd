import { randomInt } from 'node:crypto';
import { onTicks, statedTempo } from '../music/ticks.js';
import { UserError } from '../errors/user-error.js';
import {
  asksForSong,
  canBeSong,
  fixedByPiece,
  kindsFor,
  songOptions,
  optionSpecs,
  rawNames,
  type RawOptions,
} from '../request/options.js';
import { type ModelKind, composesSongs, networks } from '../request/networks.js';
import type { CompositionRequest, FileMusic, Opening, SongTask } from '../request/request.js';
import { parseOptions, type RequestOptions } from '../request/parse-options.js';
import type { Settings } from '../request/settings.js';
import { understand } from '../request/words/understand.js';
import { sameName } from '../model/model-store.js';
import { beginningFor, nothingGiven } from './openings.js';
import { songOfFile, songTask } from './song.js';

/** The shared models, and those of each server. */
export interface ModelNames {
  names(server?: string): readonly string[];
  /** Undefined when there is no such model, or its files do not say. */
  kind(server: string | undefined, name: string): ModelKind | undefined;
  /** The model in use, then earlier ones, the latest first. */
  candidates(server?: string): readonly [string, ...string[]];
  /** The models of some kinds to compose with when none is named, the best first. */
  candidatesOf(server: string | undefined, kinds: readonly ModelKind[]): readonly string[];
}

/** Makes validated requests from options. */
export interface RequestMaker {
  /** Names for the `opening` option, with their titles. */
  readonly openings: ReadonlyMap<string, string>;
  /**
   * To begin a piece. A file with several instruments keeps them. The default opening is one of the built-in
   * ones; the default model is the server's, or if its files are damaged, the previous one.
   * @param server whose models can be used, in addition to the shared ones
   * @throws UserError when an option is invalid.
   */
  start(raw: RawOptions, opening?: FileMusic, server?: string): CompositionRequest;
  /**
   * To continue from the end of a piece; a file with several instruments keeps them.
   * @throws UserError when an option is invalid, or would change the piece.
   */
  continue(raw: RawOptions, piece: FileMusic, server?: string): CompositionRequest;
  /**
   * To compose a song with an existing plan; the options only affect how it is composed.
   * @throws UserError when an option is invalid
   */
  song(raw: RawOptions, task: SongTask, server?: string): CompositionRequest;
}

/** @param openings the built-in ones, by name; at least one */
export function requestMaker(openings: ReadonlyMap<string, Opening>, models: ModelNames): RequestMaker {
  return {
    openings: new Map(
      [...openings, [nothingGiven.name, nothingGiven] as const].map(([name, { title }]) => [name, title]),
    ),

    start(given, opening, server) {
      const raw = withModelName(given, models, server);
      if (opening?.song !== undefined && isForParts(raw, models, server))
        return ofFile(raw, opening, opening.song, true, models, server);
      const composesSong = opening === undefined && isSong(raw, models, server);
      const { settings, openingName } = parseOptions(
        raw,
        randomInt(2 ** 32),
        composesSong ? [] : songOptions,
      );
      const composing = withModel(settings, raw, composesSong, models, server);
      if (composesSong) return { ...composing, task: songTask(settings) };
      if (opening !== undefined) {
        const begun = exactOpening(opening);
        return { ...paced(composing, raw, begun), task: { kind: 'start', opening: begun, chosenBy: 'file' } };
      }
      const bySeed = openingName === undefined;
      const kind = models.kind(server, composing.model);
      const hearsPerformances = kind !== undefined && networks[kind].hearsPerformances;
      const begun = exactOpening(beginningFor(openings, settings, hearsPerformances, openingName));
      const chosenBy = bySeed ? 'seed' : 'name';
      return { ...paced(composing, raw, begun), task: { kind: 'start', opening: begun, chosenBy } };
    },

    continue(given, piece, server) {
      const raw = withModelName(given, models, server);
      if (piece.song !== undefined && isForParts(raw, models, server))
        return ofFile(raw, piece, piece.song, false, models, server);
      const fixed = fixedByPiece.find((name) => raw[name] !== undefined);
      if (fixed !== undefined) {
        throw new UserError(`options.${fixed}`, { problem: 'fixed', option: fixed });
      }
      const { settings } = parseOptions(raw, randomInt(2 ** 32), [...songOptions, ...fixedByPiece]);
      return {
        ...withModel(settings, raw, false, models, server),
        task: { kind: 'continue', piece: exactOpening(piece) },
      };
    },

    song(given, task, server) {
      const raw = withModelName(given, models, server);
      const { settings } = parseOptions(raw, randomInt(2 ** 32));
      return { ...withModel(settings, raw, true, models, server), task };
    },
  };
}

/** The options with the model's name in its stored case. */
function withModelName(raw: RawOptions, models: ModelNames, server: string | undefined): RawOptions {
  if (raw.model === undefined) return raw;
  const written = String(raw.model);
  return { ...raw, model: sameName(models.names(server), written) ?? written };
}

/**
 * The settings with the candidate models.
 * @throws UserError when none supports the options.
 */
function withModel(
  settings: RequestOptions['settings'],
  raw: RawOptions,
  forSong: boolean,
  models: ModelNames,
  server: string | undefined,
): Settings & Pick<CompositionRequest, 'server' | 'fallbacks'> {
  const whose = server === undefined ? {} : { server };
  if (raw.model !== undefined) {
    const choices = models.names(server);
    if (!choices.includes(settings.model)) {
      const problem = { problem: 'choice', option: 'model', choices, given: settings.model } as const;
      throw new UserError('options.model', problem);
    }
    kindsFor(raw, forSong, models.kind(server, settings.model));
    return { ...settings, ...whose };
  }
  const kinds = kindsFor(raw, forSong);
  const [model, ...fallbacks] = models.candidatesOf(server, kinds);
  if (model === undefined) throw new UserError('model.kind', { kind: kinds[0]! });
  return { ...settings, ...whose, model, ...(fallbacks.length > 0 && { fallbacks }) };
}

/** Whether a new piece is to be a song: the options say so, or the model only composes songs. */
function isSong(raw: RawOptions, models: ModelNames, server: string | undefined): boolean {
  const name = raw.model === undefined ? models.candidates(server)[0] : String(raw.model);
  const kind = models.kind(server, name);
  const bySongs = kind !== undefined && composesSongs(kind);
  if (raw.model !== undefined) return bySongs;
  if (asksForSong(raw)) return true;
  const said = raw.text === undefined ? {} : (understand(String(raw.text)).options ?? {});
  return canBeSong(raw) && (bySongs || asksForSong(said));
}

/** Options for a song whose plan comes from a file. */
const optionsOfFiles: readonly string[] = ['title', 'length', 'bars', 'temp', 'seed', 'model'];

/**
 * Whether the parts of a file can be continued: no option is set that only a single keyboard part supports.
 */
function isForParts(raw: RawOptions, models: ModelNames, server: string | undefined): boolean {
  const isOther = rawNames.some((name) => raw[name] !== undefined && !optionsOfFiles.includes(name));
  if (isOther || models.candidatesOf(server, kindsFor({}, true)).length === 0) return false;
  const kind = raw.model === undefined ? undefined : models.kind(server, String(raw.model));
  return raw.model === undefined || (kind !== undefined && composesSongs(kind));
}

function ofFile(
  raw: RawOptions,
  music: FileMusic,
  song: NonNullable<FileMusic['song']>,
  isNew: boolean,
  models: ModelNames,
  server: string | undefined,
): CompositionRequest {
  const { settings } = parseOptions(raw, randomInt(2 ** 32));
  return {
    ...withModel(settings, raw, true, models, server),
    task: songOfFile(settings, music, song, isNew),
  };
}

/** Adjusts `tempo` to the beats per minute that a text asks for, within its limits, unless it is set. */
function paced<S extends Settings>(settings: S, raw: RawOptions, { tempoBpm }: Opening): S {
  const bpm = settings.text?.bpm;
  if (bpm === undefined || raw.tempo !== undefined) return settings;
  const { min, max } = optionSpecs.tempo;
  const tempo = Math.round((1e4 * bpm) / tempoBpm) / 1e4;
  return { ...settings, tempo: Math.min(Math.max(tempo, min), max) };
}

/** Rounds the music so that a MIDI file can represent it exactly. */
function exactOpening(music: FileMusic): Opening {
  const { song: _, ...opening } = music;
  const tempoBpm = statedTempo(opening.tempoBpm);
  return { ...opening, tempoBpm, notes: onTicks(opening.notes, tempoBpm) };
}
