import { songPiece } from '../../compose/song-piece.js';
import { composeSong, SongComposer } from '../../model/song/composer.js';
import { commissionOf } from '../../model/song/requests.js';
import { chordNumber, partNumber } from '../../model/song/vocabulary.js';
import type { SongModel } from '../../model/song/weights.js';
import { writeMidi } from '../../music/midi/write.js';
import { tonics } from '../../music/theory/key.js';
import { barsOf, bySongOrder, type SongNote, type SongPlan } from '../../plan/song-plan.js';
import type { CompositionRequest, SongTask } from '../../request/request.js';
import { memorisation, type Memorisation } from '../memorisation.js';
import { pitchesByPart, rowOf, swapped, type MeasuredPiece, type Row } from './measures.js';
import { brokenPromises } from './promises.js';

/** Evaluation of songs as people request them, in a style that may have no real music to compare with. */
export interface StyleEvaluation {
  readonly style: string;
  readonly pieces: number;
  /** `swapped`: each melody over the parts of another song, in its key. */
  readonly rows: Readonly<Record<'composed' | 'swapped', Row>>;
  /** Songs whose files keep every promise. */
  readonly kept: number;
  /**
   * How much of the training music each composed part has; undefined without training music. Parts that are played
   * from patterns repeat chords, as much music does.
   */
  readonly copies: Memorisation | undefined;
}

/**
 * Composes requested songs and measures how well their parts fit each other, which of them keep every promise, and
 * how much is copied.
 * @param training pitches of each part of the training music, in order
 */
export function evaluateStyle(
  model: SongModel,
  style: string,
  requests: readonly (CompositionRequest & { readonly task: SongTask })[],
  training: readonly Uint8Array[],
  onProgress: (done: number) => void = () => {},
): StyleEvaluation {
  const composer = new SongComposer(model, 1);
  let kept = 0;
  const composed: Uint8Array[] = [];
  const songs = requests.map(({ task, seed, temperature }, done) => {
    const commission = commissionOf(task, seed, temperature);
    const own = composeSong(composer, commission);
    composed.push(...pitchesByPart(measuredSong(task.plan, own)));
    const notes = [...commission.given, ...own].sort(bySongOrder);
    if (brokenPromises(writeMidi(songPiece(task.plan, notes, task.title)), task.plan).length === 0) kept += 1;
    onProgress(done + 1);
    return measuredSong(task.plan, notes);
  });
  const wrong = songs.flatMap((song, i) => swapped(song, songs[(i + 1) % songs.length]!) ?? []);
  return {
    style,
    pieces: songs.length,
    rows: { composed: rowOf(songs), swapped: rowOf(wrong) },
    kept,
    copies: training.length === 0 ? undefined : memorisation(training, composed),
  };
}

function measuredSong(plan: SongPlan, notes: readonly SongNote[]): MeasuredPiece {
  const numbers = plan.parts.map(partNumber);
  return {
    notes: notes.map((note) => ({ ...note, part: numbers[note.part]! })),
    bars: barsOf(plan),
    key: plan.key,
    tonic: tonics.indexOf(plan.key.tonic),
    chords: plan.chords.map(({ onset, root, kind }) => ({ onset, chord: chordNumber({ root, kind }) })),
  };
}
