import { afterEach, describe, expect, it, vi } from 'vitest';
import { keyboardPiece } from '../../src/music/keyboard.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { integratedLoudness, LoudnessMeter } from '../../src/render/audio/loudness.js';
import { soundOf, type Sound } from '../../src/render/audio/audio.js';
import { SoundPlayer, type News } from '../../src/voice/sound-player.js';
import type { Source } from '../../src/voice/messages.js';
import { decoded } from './decoded.js';

vi.mock(import('../../src/render/audio/audio.js'), { spy: true });

const packetSeconds = 0.02;
let players: SoundPlayer[] = [];

afterEach(async () => {
  for (const player of players) await player.close();
  players = [];
});

/** A note every quarter of a second. */
function source(id: number, seconds: number, velocity = 70, breathSeconds = 0): Source {
  const notes = Array.from({ length: seconds * 4 }, (_, i) => ({
    ...{ pitch: 50 + ((i * 7) % 30), onsetSeconds: i / 4, durationSeconds: 0.24, velocity },
    isGiven: false,
  }));
  const timeSignature = { numerator: 4, denominator: 4 };
  const piece = keyboardPiece({
    title: '',
    notes,
    tempoBpm: 120,
    timeSignature,
    key: undefined,
    hasBars: true,
  });
  return { id, piece, midi: writeMidi(piece), fromTick: 0, breathSeconds };
}

interface Played {
  readonly news: readonly News[];
  readonly packets: readonly Uint8Array[];
}

/** Plays until nothing is left, or as long as is asked; all is heard at once. */
async function play(player: SoundPlayer, news: readonly News[], mostSeconds = Infinity): Promise<Played> {
  const packets: Uint8Array[] = [];
  while (packets.length * packetSeconds < mostSeconds) {
    const more = await player.packets();
    if (more.length === 0 && player.isIdle) break;
    packets.push(...more);
    player.sent(player.made);
  }
  return { news, packets };
}

function open(lufs = -23): { readonly player: SoundPlayer; readonly news: News[] } {
  const news: News[] = [];
  const player = new SoundPlayer({ lufs, tell: (each) => news.push(each) });
  players.push(player);
  return { player, news };
}

function loudnessOf(packets: readonly Uint8Array[]): number {
  const pcm = decoded(packets);
  const [left, right] = [0, 1].map((channel) =>
    Float32Array.from({ length: pcm.length / 2 }, (_, i) => pcm[2 * i + channel]! / 32_768),
  );
  const meter = new LoudnessMeter();
  meter.add(left!, right!);
  return integratedLoudness(meter.energies);
}

/** Changes how the next piece that is enqueued sounds. */
function soundsLike(changed: (blocks: Blocks) => Blocks): void {
  const { soundOf: usual } = original;
  vi.mocked(soundOf).mockImplementationOnce(async (...piece) => {
    const sound = await usual(...piece);
    return { ...sound, play: (options) => changed(sound.play(options)) };
  });
}
type Blocks = ReturnType<Sound['play']>;
const original = await vi.importActual<typeof import('../../src/render/audio/audio.js')>(
  '../../src/render/audio/audio.js',
);

function told(news: readonly News[]): readonly string[] {
  return news.filter(({ type }) => type !== 'at').map(({ type, id }) => `${type} ${id}`);
}

describe('a player', () => {
  it('plays pieces one after another, with a pause between them', async () => {
    const { player, news } = open();
    player.enqueue(source(1, 2));
    player.enqueue(source(2, 2, 70, 1));
    const { packets } = await play(player, news);
    expect(told(news)).toEqual(['begun 1', 'ended 1', 'begun 2', 'ended 2']);
    expect(packets.length * packetSeconds).toBeGreaterThan(5);
    const positions = news.flatMap((each) => (each.type === 'at' && each.id === 2 ? [each.seconds] : []));
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  });

  it.each([
    ['soft', 30, -23],
    ['loud', 110, -23],
    ['loud', 110, -17],
  ])('plays what is %s at the loudness it was told', async (_, velocity, lufs) => {
    const { player, news } = open(lufs);
    player.enqueue(source(1, 12, velocity));
    const { packets } = await play(player, news);
    // After the fade at its beginning. A soft piece stays up to 2 LU softer, a loud one louder.
    const loudness = loudnessOf(packets.slice(3 / packetSeconds, 11 / packetSeconds));
    expect(Math.abs(loudness - lufs)).toBeLessThan(3.5);
  });

  it('fades in from silence', async () => {
    const { player, news } = open();
    player.enqueue(source(1, 6));
    const { packets } = await play(player, news, 5);
    const pcm = decoded(packets).map(Math.abs);
    const loudest = (from: number, to: number): number =>
      pcm.subarray(from * 96_000, to * 96_000).reduce((most, each) => Math.max(most, each), 0);
    expect(loudest(0, 0.3)).toBeLessThan(loudest(3.2, 4.5) / 4);
  });

  it('interrupts a piece where told, and continues with the next', async () => {
    const { player, news } = open();
    player.enqueue(source(1, 20));
    await play(player, news, 1);
    player.enqueue(source(2, 2));
    player.cut(1, 3);
    await play(player, news);
    expect(told(news)).toEqual(['begun 1', 'ended 1', 'begun 2', 'ended 2']);
    const last = news.findLast((each) => each.type === 'at' && each.id === 1);
    expect(last?.type === 'at' && last.seconds).toBeCloseTo(3, 0);
  });

  it('fades out the current piece when skipping, and drops the next', async () => {
    const { player, news } = open();
    player.enqueue(source(1, 20));
    player.enqueue(source(2, 20));
    await play(player, news, 4);
    player.clear();
    player.skip();
    const { packets } = await play(player, news);
    expect(packets.length * packetSeconds).toBeLessThan(1);
    expect(told(news)).toEqual(['begun 1', 'ended 1']);
    expect(player.isIdle).toBe(true);
  });

  it('can start in the middle of a piece', async () => {
    const { player, news } = open();
    const whole = source(1, 10);
    player.enqueue({ ...whole, fromTick: whole.piece.ticksPerQuarter * 12 });
    await play(player, news, 1);
    const first = news.find(({ type }) => type === 'at');
    expect(first?.type === 'at' && first.seconds).toBeCloseTo(6.1);
  });

  it('reports a piece that it cannot play', async () => {
    const { player, news } = open();
    const { piece, ...rest } = source(1, 2);
    player.enqueue({ ...rest, piece: { ...piece, tracks: [] }, fromTick: 5 });
    player.enqueue(source(2, 1));
    await play(player, news);
    expect(told(news).filter((each) => each.endsWith('2'))).toEqual(['begun 2', 'ended 2']);
  });

  it('reports a piece that cannot be played on, and continues with the next', async () => {
    const { player, news } = open();
    soundsLike(async function* (blocks) {
      for (let n = 0; n < 5; n++) yield (await blocks.next()).value!;
      throw new Error('no more');
    });
    player.enqueue(source(1, 20));
    player.enqueue(source(2, 1));
    await play(player, news);
    expect(told(news)).toEqual(['begun 1', 'failed 1', 'ended 1', 'begun 2', 'ended 2']);
  });

  it('decodes the instruments of a piece while another one plays, and says then if it cannot', async () => {
    const { player, news } = open();
    player.enqueue(source(1, 20));
    await play(player, news, 1);
    soundsLike(() => {
      throw new Error('no instrument');
    });
    player.enqueue(source(2, 1));
    await vi.waitFor(() => expect(told(news)).toEqual(['begun 1', 'failed 2']));
  });

  it('lets go of the instruments of pieces that it drops unheard', async () => {
    const { player } = open();
    let held = 0;
    for (const drop of [() => player.clear(), () => void player.close()]) {
      soundsLike(async function* (blocks) {
        held += 1;
        try {
          yield* blocks;
        } finally {
          held -= 1;
        }
      });
      player.enqueue(source(1, 20));
      await vi.waitFor(() => expect(held).toBe(1));
      drop();
      await vi.waitFor(() => expect(held).toBe(0));
    }
  });
});
