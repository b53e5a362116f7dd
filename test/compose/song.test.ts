import { describe, expect, it } from 'vitest';
import { english } from '../../src/i18n/en/english.js';
import { notFollowedIn } from '../../src/i18n/understood.js';
import { finishSong } from '../../src/compose/finish.js';
import { goOn, vary } from '../../src/compose/remake.js';
import { requestMaker, type RequestMaker } from '../../src/compose/requests.js';
import { loadOpenings } from '../../src/compose/openings.js';
import { BookComposer } from '../../src/model/book/composer.js';
import { keyboardOf } from '../../src/music/keyboard.js';
import { verifyMidi } from '../../src/music/midi/verify.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { givenCount, type Piece } from '../../src/music/piece.js';
import { planOfPiece } from '../../src/plan/plan-of-piece.js';
import { band } from '../render/audio/band-fixture.js';
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

describe('a request for a song', () => {
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
    // Naming the piano model selects it.
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

describe('the requested loudness of a song', () => {
  it('changes the velocities of its notes, and nothing else', async () => {
    const requests = await maker();
    const notes = (text: string | undefined): readonly (readonly [number, number, number])[] =>
      composed(requests.start({ genre: 'rock', seed: 7, bars: 8, ...(text !== undefined && { text }) }))
        .piece.tracks.flatMap((track) => track.notes)
        .map(({ startTick, pitch, velocity }) => [startTick, pitch, velocity]);
    const mean = (all: readonly (readonly [number, number, number])[]): number =>
      all.reduce((sum, [, , velocity]) => sum + velocity, 0) / all.length;
    const [soft, usual, loud] = [notes('soft'), notes(undefined), notes('loud')];
    expect(mean(soft)).toBeLessThan(mean(usual) - 10);
    expect(mean(loud)).toBeGreaterThan(mean(usual) + 10);
    expect(loud.map(([start, pitch]) => [start, pitch])).toEqual(
      usual.map(([start, pitch]) => [start, pitch]),
    );
  });

  it('is followed; wishes without effect are named', async () => {
    const requests = await maker();
    const told = (text: string): readonly string[] =>
      notFollowedIn(english, requests.start({ genre: 'rock', text, seed: 1 }));
    expect(told('a loud, sad, slow waltz in 3/4 at 100 bpm')).toEqual([]);
    expect(told('calm')).toEqual([]);
    expect(told('loud, dense and staccato')).toEqual(['A song cannot follow: dense, staccato.']);
    expect(notFollowedIn(english, requests.start({ text: 'dense' }))).toEqual([]);
  });
});

describe('the file of a song', () => {
  it.each<RawOptions>([
    { genre: 'pop', length: '1:00' },
    { ensemble: 'string-quartet', key: 'D', scale: 'minor' },
    { chords: 'Am F C G/B', genre: 'bossa' },
    { genre: 'rock' },
    { genre: 'march', meter: '6/8', bars: 20 },
  ])('of %j has everything needed to compose it again', async (raw) => {
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

/** The record omits the fallback models. */
function recordable({ ...request }: CompositionRequest): object {
  const { fallbacks: _others, ...known } = request;
  return known;
}

describe('a file of several instruments', () => {
  const file = band(4);
  const music = { ...keyboardOf(file), title: 'mine', song: planOfPiece(file)! };

  function given({ tracks }: Piece): readonly unknown[] {
    return tracks.map(({ name, program, notes }) => ({
      name,
      program,
      notes: notes.filter((note) => note.given === true).map(({ given: _given, ...note }) => note),
    }));
  }

  it('continues with its own tracks, with each note in its place', async () => {
    const request = (await maker()).continue({ bars: 6, seed: 5 }, music);
    const known = recordable(request);
    const { piece, bytes } = composed(request);
    expect(songOf(request).plan.barCount).toBe(10);
    expect(piece).toMatchObject({ title: 'mine', tempos: file.tempos, keys: file.keys });
    expect(given(piece)).toEqual(
      file.tracks.map(({ name, program, notes }) => ({
        ...{ name, program },
        // A grid of 24 positions per quarter note.
        notes: notes.map((note) => ({ ...note, lengthTicks: 20 * Math.round(note.lengthTicks / 20) })),
      })),
    );
    for (const { notes } of piece.tracks) expect(notes.some((note) => note.given !== true)).toBe(true);
    expect(readRecorded(bytes).request).toEqual(known);
    expect(composed(readRecorded(bytes).request).bytes).toEqual(bytes);
  });

  it('begins a piece as long as asked, named after it', async () => {
    const request = (await maker()).start({ length: '0:30', seed: 5 }, music);
    const { plan, from, namedAfter } = songOf(request);
    expect([plan.barCount, from, namedAfter]).toEqual([15, 4, true]);
  });

  it.each<RawOptions>([{ model: 'transformer' }, { notes: 100 }, { key: 'C' }, { text: 'sad' }])(
    'is played by one piano if %j requires it',
    async (raw) => {
      const requests = await maker();
      expect(requests.start(raw, music).task.kind).toBe('start');
      expect(requests.continue(raw, music).task).toEqual({
        kind: 'continue',
        piece: expect.not.objectContaining({ song: music.song }) as unknown,
      });
    },
  );
});
