import { describe, expect, it } from 'vitest';
import { finishSong } from '../../src/compose/finish.js';
import { goOn, vary } from '../../src/compose/remake.js';
import { requestMaker, type RequestMaker } from '../../src/compose/requests.js';
import { loadOpenings } from '../../src/compose/openings.js';
import { BookComposer } from '../../src/model/book/composer.js';
import { verifyMidi } from '../../src/music/midi/verify.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { givenCount, type Piece } from '../../src/music/piece.js';
import type { RawOptions } from '../../src/request/options.js';
import { formatRecord } from '../../src/request/record.js';
import { readRecorded, type RecordedPiece } from '../../src/request/recorded-piece.js';
import type { CompositionRequest, SongTask } from '../../src/request/request.js';

const kinds: Readonly<Record<string, 'transformer' | 'lstm' | 'book'>> = {
  transformer: 'transformer',
  lstm: 'lstm',
  book: 'book',
};

async function maker(): Promise<RequestMaker> {
  return requestMaker(await loadOpenings(), {
    names: () => Object.keys(kinds),
    kind: (_, name) => kinds[name],
    candidates: () => ['transformer'],
    candidatesOf: (_, wanted) => Object.keys(kinds).filter((name) => wanted.includes(kinds[name]!)),
  });
}

function songOf({ task }: CompositionRequest): SongTask {
  if (task.kind !== 'song') throw new Error('It is no song.');
  return task;
}

function composed(request: CompositionRequest): { piece: Piece; bytes: Uint8Array } {
  const composer = new BookComposer(1);
  const stream = composer.open(request);
  while (!stream.ended) composer.step();
  const piece = finishSong(request, stream.song!);
  const bytes = writeMidi(piece, [formatRecord(request, piece, 'book@1a2b3c4d')]);
  verifyMidi(bytes, piece);
  return { piece, bytes };
}

describe('what asks for a song', () => {
  it.each<[RawOptions, boolean]>([
    [{}, false],
    [{ notes: 200 }, false],
    [{ mood: 'sad' }, false],
    [{ text: 'a sad waltz' }, false],
    [{ genre: 'waltz' }, true],
    [{ genre: 'waltz', mood: 'sad', length: '1:00' }, true],
    [{ chords: 'Am F C G' }, true],
    [{ model: 'book' }, true],
    [{ text: 'a lullaby for flute and harp in 3/4' }, true],
    [{ text: 'a rock song' }, true],
    // A person who names the piano's own model has the piano.
    [{ text: 'a rock song', model: 'transformer' }, false],
  ])('%j: %s', async (raw, isSong) => {
    expect((await maker()).start(raw).task.kind === 'song').toBe(isSong);
  });

  it('is read from a text: style, players, meter', async () => {
    const { plan } = songOf((await maker()).start({ text: 'a lullaby for flute and harp in 3/4', seed: 1 }));
    expect(plan.style).toBe('lullaby');
    expect(plan.parts.map(({ name }) => name)).toEqual(['Flute', 'Harp']);
    expect(plan.meters[0]).toMatchObject({ numerator: 3, denominator: 4 });
  });

  it('refuses options that exclude each other', async () => {
    const requests = await maker();
    expect(() => requests.start({ genre: 'waltz', notes: 5 })).toThrow(
      expect.objectContaining({ code: 'options.notes' }),
    );
    expect(() => requests.start({ genre: 'rock', without: 'melody,harmony,bass,drums' })).toThrow(
      expect.objectContaining({ code: 'song.no-parts' }),
    );
  });
});

describe('the file of a song', () => {
  it.each<RawOptions>([
    { genre: 'pop', length: '1:00' },
    { ensemble: 'string-quartet', key: 'D', scale: 'minor' },
    { chords: 'Am F C G/B', genre: 'bossa' },
    { genre: 'rock' },
    { genre: 'march', meter: '6/8', bars: 20 },
  ])('of %j has everything to make it again', async (raw) => {
    const request = (await maker()).start({ ...raw, seed: 7 });
    const known = recordable(request);
    const { piece, bytes } = composed(request);
    const recorded = readRecorded(bytes);
    expect(recorded.request).toEqual(known);
    expect(recorded.piece.tracks).toEqual(piece.tracks);
    expect(recorded.piece.title).toBe(piece.title);
    expect(composed(recorded.request).bytes).toEqual(bytes);
  });

  it('has the requested length, to the end of its last bar', async () => {
    const { piece } = composed((await maker()).start({ genre: 'pop', length: '1:00', seed: 2 }));
    const end = Math.max(
      ...piece.tracks.flatMap(({ notes }) =>
        notes.map(({ startTick, lengthTicks }) => startTick + lengthTicks),
      ),
    );
    const seconds = (end / piece.ticksPerQuarter) * (piece.tempos[0]!.microsecondsPerQuarter / 1e6);
    expect(seconds).toBeCloseTo(60, 1);
  });
});

describe('an existing song', () => {
  async function recordedSong(): Promise<{ requests: RequestMaker; recorded: RecordedPiece }> {
    const requests = await maker();
    const { bytes } = composed(requests.start({ genre: 'pop', seed: 3 }));
    return { requests, recorded: readRecorded(bytes) };
  }

  it('continues with the same players, and nothing in it changes', async () => {
    const { requests, recorded } = await recordedSong();
    const before = songOf(recorded.request).plan;
    const longer = goOn(requests, recorded);
    const { piece, bytes } = composed(longer);
    expect(songOf(longer).plan.barCount).toBeGreaterThan(before.barCount);
    expect(piece.tracks.map(({ name }) => name)).toEqual(recorded.piece.tracks.map(({ name }) => name));
    piece.tracks.forEach(({ notes }, i) => {
      const given = notes.filter((note) => note.given === true).map(({ given: _given, ...note }) => note);
      expect(given).toEqual(recorded.piece.tracks[i]!.notes);
    });
    expect(readRecorded(bytes).request).toEqual(recordable(longer));
    expect(composed(readRecorded(bytes).request).bytes).toEqual(bytes);
  });

  it('is varied from a bar onwards, in the same number of bars', async () => {
    const { requests, recorded } = await recordedSong();
    const varied = vary(requests, recorded);
    const { piece } = composed(varied);
    expect(songOf(varied).plan).toEqual(songOf(recorded.request).plan);
    expect(givenCount(piece)).toBeGreaterThan(0);
    expect(givenCount(piece)).toBeLessThan(piece.tracks.flatMap(({ notes }) => notes).length);
  });
});

/** Which others might have composed is not written down. */
function recordable({ ...request }: CompositionRequest): object {
  const { fallbacks: _others, ...known } = request;
  return known;
}
