import { beforeEach, describe, expect, it } from 'vitest';
import type { Composition } from '../../src/compose/composition.js';
import { Random } from '../../src/model/random.js';
import { keyboardPiece } from '../../src/music/keyboard.js';
import type { Piece } from '../../src/music/piece.js';
import type { Key } from '../../src/music/theory/key.js';
import { UserError } from '../../src/errors/user-error.js';
import { Programme } from '../../src/radio/programme.js';
import type { RawOptions } from '../../src/request/options.js';
import type { CompositionRequest } from '../../src/request/request.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { FakeMusic } from '../bot/fake-music.js';

const timeSignature = { numerator: 4, denominator: 4 };
let made: Piece[];
let asked: CompositionRequest[];
/** Whether the network needs an opening. */
let needsOpening: boolean;
let openings: RawOptions['opening'][];
let nowMs: number;
let programme: Programme;

/** Another melody for each seed. */
function pieceOf(seed: number, key: Key): Piece {
  const random = new Random(seed);
  const notes = Array.from({ length: 60 }, (_, i) => ({
    ...{ pitch: 48 + (random.integer() % 36), onsetSeconds: i * 0.3, durationSeconds: 0.3, velocity: 70 },
    isGiven: false,
  }));
  return keyboardPiece({ title: '', notes, tempoBpm: 120, timeSignature, key, hasBars: false });
}

const c: Key = { tonic: 'C', scale: 'major' };
const g: Key = { tonic: 'G', scale: 'major' };
const fSharp: Key = { tonic: 'F#', scale: 'major' };

beforeEach(() => {
  made = [];
  asked = [];
  [needsOpening, openings] = [false, []];
  nowMs = 0;
  const { requests } = new FakeMusic();
  programme = new Programme({
    requests: {
      start(options, ...more) {
        if (needsOpening && options.opening === 'none') throw new UserError('action.unknown');
        openings.push(options.opening);
        return requests.start(options, ...more);
      },
    },
    compose(request) {
      asked.push(request);
      const composition: Composition = { ...fakeComposition({ request }), piece: made.shift()! };
      return Promise.resolve(composition);
    },
    ...{ wishes: () => ({}), server: '7', random: () => 0.5, now: () => nowMs },
  });
});

async function next(...pieces: Piece[]): Promise<Piece> {
  made = pieces;
  return (await programme.next(0, {})).piece;
}

describe('the next piece', () => {
  it('is the first that fits, and costs no more', async () => {
    programme.played(pieceOf(1, c));
    expect(await next(pieceOf(2, g))).toEqual(pieceOf(2, g));
    expect(asked).toHaveLength(1);
  });

  it('is the first that is no copy, when people wait for it', async () => {
    programme.played(pieceOf(1, c));
    made = [pieceOf(1, c), pieceOf(2, fSharp), pieceOf(3, c)];
    expect((await programme.next(0, {}, () => true)).piece).toEqual(pieceOf(2, fSharp));
  });

  it('is composed once more when its key is far away', async () => {
    programme.played(pieceOf(1, c));
    expect(await next(pieceOf(2, fSharp), pieceOf(3, g))).toEqual(pieceOf(3, g));
    expect(asked[0]!.seed).not.toBe(asked[1]!.seed);
  });

  it('is no copy of an earlier one, even in a near key', async () => {
    programme.played(pieceOf(1, c));
    programme.played(pieceOf(2, c));
    const others = Array.from({ length: 5 }, () => pieceOf(3, fSharp));
    expect(await next(pieceOf(1, c), ...others)).toEqual(pieceOf(3, fSharp));
  });

  it('is no copy of what was heard almost two hours ago', async () => {
    programme.played(pieceOf(1, c));
    nowMs += 1.9 * 3600_000;
    programme.played(pieceOf(2, c));
    expect(await next(pieceOf(1, c), pieceOf(3, c))).toEqual(pieceOf(3, c));
  });

  it('has no built-in opening, which would become familiar, unless its network needs one', async () => {
    await next(pieceOf(1, c));
    expect(openings.at(-1)).toBe('none');
    needsOpening = true;
    await next(pieceOf(2, c));
    expect(openings.at(-1)).toBeUndefined();
  });

  it('may repeat what was heard more than two hours ago', async () => {
    programme.played(pieceOf(1, c));
    nowMs += 2.1 * 3600_000;
    programme.played(pieceOf(2, c));
    expect(await next(pieceOf(1, c))).toEqual(pieceOf(1, c));
  });

  it('fits what was liked rather than what is played', async () => {
    programme.played(pieceOf(1, c));
    programme.leanTo(pieceOf(2, fSharp));
    expect(await next(pieceOf(3, fSharp))).toEqual(pieceOf(3, fSharp));
    expect(asked).toHaveLength(1);
  });
});

it('begins with a short piece, and goes on with longer ones', async () => {
  await next(pieceOf(1, c));
  programme.played(pieceOf(1, c));
  await next(pieceOf(2, c));
  expect(asked.map(({ length }) => length! >= 100)).toEqual([false, true]);
});
