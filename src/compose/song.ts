import type { TimeSignature } from '../music/meter.js';
import type { Piece } from '../music/piece.js';
import { readChords } from '../music/theory/chord-text.js';
import { styleNamed } from '../patterns/book.js';
import { ensembles, instruments, seatsFor, type InstrumentName } from '../plan/instruments.js';
import { extendPlan } from '../plan/extend-plan.js';
import { continuedPlan, type PlannedPiece } from '../plan/plan-of-piece.js';
import { makePlan, type SongWishes } from '../plan/make-plan.js';
import { readForm } from '../plan/form.js';
import { endOfPlan, positionsPerQuarter, songMeters } from '../plan/song-plan.js';
import { styleTitle, type StyleName } from '../plan/styles.js';
import { characterOf } from '../request/character.js';
import type { SongTask } from '../request/request.js';
import { songNotesOf, startOfBar } from '../request/song-music.js';
import type { Settings } from '../request/settings.js';
import type { Title } from '../music/title.js';
import { Random } from '../model/random.js';

/**
 * The song for some settings: its plan is made here, by the seed, and stored in the request.
 * @throws UserError when there is no part left to play
 */
export function songTask(settings: Settings): SongTask {
  const wishes = songWishes(settings);
  const plan = makePlan(wishes, new Random(settings.seed));
  return { kind: 'song', title: styleTitle(wishes.style.name), plan };
}

/** What settings ask of a song. */
export function songWishes(settings: Settings): SongWishes {
  const {
    genre,
    ensemble,
    instruments: named,
    without,
    key,
    bpm,
    tempo,
    meter,
    bars,
    length,
    form,
    chords,
    text,
  } = settings;
  const style = styleNamed(genre ?? usualStyle(ensemble, named));
  const { mode, tempo: speed, density } = characterOf(settings);
  const seats =
    named !== undefined ? seatsFor(named) : ensemble !== undefined ? ensembles[ensemble].seats : undefined;
  const [numerator = 4, denominator = 4] = meter?.split('/').map(Number) ?? [];
  const wishedMeter = meter === undefined ? inSongs(text?.meter) : { numerator, denominator };
  const wishedBpm = bpm ?? text?.bpm;
  return {
    style,
    ...(seats !== undefined && { seats }),
    ...(without !== undefined && { without }),
    ...(key !== undefined && { key }),
    ...(mode !== undefined && { mode }),
    ...(wishedBpm !== undefined && { bpm: wishedBpm }),
    ...(speed !== undefined && { speed }),
    tempo,
    ...(wishedMeter !== undefined && { meter: wishedMeter }),
    ...(bars !== undefined && { bars }),
    ...(length !== undefined && { seconds: length }),
    ...(form !== undefined && { form: readForm(form) }),
    ...(chords !== undefined && { chords: readChords(chords, key) }),
    ...(density !== undefined && { density }),
  };
}

/** The default style for an ensemble or for named instruments. */
function usualStyle(
  ensemble: keyof typeof ensembles | undefined,
  named: readonly InstrumentName[] | undefined,
): StyleName {
  if (ensemble !== undefined) return ensembles[ensemble].style;
  const ofBands = ['bass', 'drums', 'lead', 'pad'] as const;
  const isBand = named?.some((name) => ofBands.some((each) => each === instruments[name].instrument)) ?? true;
  return isBand ? 'pop' : 'chamber';
}

/** A meter named in a text, if songs support it. */
function inSongs(meter: TimeSignature | undefined): TimeSignature | undefined {
  const name = meter && `${meter.numerator}/${meter.denominator}`;
  return songMeters.some((each) => each === name) ? meter : undefined;
}

/** A song to be continued from its end, to a new ending. */
export function extendedSong({ title, namedAfter, plan }: SongTask, piece: Piece): SongTask {
  return songFrom(
    { title, ...(namedAfter && { namedAfter }), kind: 'song', plan: extendPlan(plan) },
    piece,
    plan.barCount,
  );
}

/** A song to be varied: keeps about the first quarter, up to the start of a section. */
export function variedSong(task: SongTask, piece: Piece): SongTask {
  const { plan } = task;
  const quarter = Math.max(1, Math.ceil(plan.barCount / 4));
  const section = plan.sections.find(({ bar }) => bar >= quarter && bar < plan.barCount - 1);
  return songFrom(task, piece, Math.min(section?.bar ?? quarter, plan.barCount - 1));
}

/** The same song, recomposed from a bar on; notes sounding there end. */
function songFrom(task: SongTask, piece: Piece, from: number): SongTask {
  const start = startOfBar(task.plan, from);
  const given = songNotesOf(piece, task.plan)
    .filter(({ onset }) => onset < start)
    .map((note) => ({ ...note, duration: Math.min(note.duration, start - note.onset) }));
  return from < 1 ? task : { ...task, from, given };
}

/** Default number of bars added to the music of a file: as many as it has, but at least and at most these. */
const [fewestAdded, mostAdded] = [8, 48] as const;
/** Default number of bars of a new piece that begins with a file. */
const usualBars = 32;

/**
 * A song that continues the music of a file with its own instruments.
 * @param isNew whether it begins a piece: then `bars` and `length` count the whole piece, otherwise only
 *   what is added
 */
export function songOfFile(
  { bars, length }: Settings,
  { title, namedAfter }: Title,
  { plan, notes }: PlannedPiece,
  isNew: boolean,
): SongTask {
  const { barCount, bpm } = plan;
  const start = endOfPlan(plan);
  const barSeconds = (start / barCount / positionsPerQuarter) * (60 / bpm);
  const asked = bars ?? (length === undefined ? undefined : Math.round(length / barSeconds));
  const usual = isNew ? usualBars : Math.max(fewestAdded, Math.min(mostAdded, barCount));
  const added = (asked ?? usual) - (isNew ? barCount : 0);
  return {
    kind: 'song',
    title,
    ...((isNew || namedAfter === true) && { namedAfter: true }),
    plan: continuedPlan(plan, Math.max(added, 2)),
    from: barCount,
    given: notes.map((note) => ({ ...note, duration: Math.min(note.duration, start - note.onset) })),
  };
}
