import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { synthesise, type SoundFont, type SynthOptions } from '../../../src/render/audio/synth.js';
import { readSoundFont, shippedSoundFont } from '../../../src/render/audio/sound-font.js';
import { midiOf, scale } from './midi-fixture.js';
import { correlation, envelope, highest, join } from './signals.js';

/** The grand piano of FluidR3Mono, which native FluidSynth played for {@link nativeScale}. */
const bytes = await readFile(new URL('./fixtures/piano.sf2', import.meta.url));
const piano: SoundFont = { read: () => Promise.resolve(bytes) };

async function play(midi: Uint8Array, options: SynthOptions) {
  const left: Float32Array[] = [];
  const right: Float32Array[] = [];
  const lasts: boolean[] = [];
  for await (const block of synthesise(midi, [piano], options)) {
    left.push(block.left.slice());
    right.push(block.right.slice());
    lasts.push(block.last);
  }
  return { left: join(left), right: join(right), lasts };
}

describe('synthesise', () => {
  it('sounds like native FluidSynth', async () => {
    const { left, right } = await play(midiOf(scale), { maxFrames: 4 * 48_000 });
    const heard = envelope(left, right);
    expect(correlation(heard, nativeScale)).toBeGreaterThan(0.999);
    // Correlation does not see a wrong level; this does.
    expect(Math.max(...heard) / Math.max(...nativeScale)).toBeCloseTo(1, 2);
  });

  it('ends by itself, after the tail, and says so', async () => {
    const { left, right, lasts } = await play(midiOf(scale), { maxFrames: 60 * 48_000 });
    expect(left.length).toBeGreaterThan(4.5 * 48_000);
    expect(left.length).toBeLessThan(10 * 48_000);
    expect(highest(left.subarray(-4800))).toBeLessThan(1e-3 * highest(left));
    expect(right.length).toBe(left.length);
    expect(lasts.indexOf(true)).toBe(lasts.length - 1);
  });

  it('stops at the last frame allowed, even when the file declares hours', async () => {
    const hours = midiOf([...scale, { pitch: 60, onsetSeconds: 36_000, durationSeconds: 1, velocity: 60 }]);
    const { left, lasts } = await play(hours, { maxFrames: 100_001 });
    expect(left.length).toBe(100_001);
    expect(lasts).not.toContain(true);
  });

  it('gives the same samples every time, also when two render at once', async () => {
    const options = { maxFrames: 48_000 };
    const midi = midiOf(scale);
    const [first, second] = await Promise.all([play(midi, options), play(midi, options)]);
    const third = await play(midi, options);
    expect(second.left).toEqual(first.left);
    expect(third.right).toEqual(first.right);
  });

  it('keeps nothing of the piece before, which was cut, or of its SoundFont', async () => {
    const other = { ...piano };
    const whole = { maxFrames: 48_000 };
    const first = await play(midiOf(scale), whole);
    await play(midiOf(scale), { maxFrames: 30_000 });
    await play(midiOf(scale), { maxFrames: 30_000, sampleRate: 24_000 });
    expect(await play(midiOf(scale), whole)).toEqual(first);
    for await (const _ of synthesise(midiOf(scale), [other], whole)) break;
    expect(await play(midiOf(scale), whole)).toEqual(first);
  });

  it('reads a SoundFont once, and again when others have taken its room', async () => {
    let reads = 0;
    const counted = {
      read: () => {
        reads++;
        return piano.read();
      },
    };
    const options = { maxFrames: 24_000 };
    const heard = async (soundFont: SoundFont): Promise<Float32Array> => {
      const left: Float32Array[] = [];
      for await (const block of synthesise(midiOf(scale), [soundFont], options))
        left.push(block.left.slice());
      return join(left);
    };
    const first = await heard(counted);
    expect(await heard(counted)).toEqual(first);
    expect(reads).toBe(1);
    // Each takes as much as the piano: together more than is kept.
    for (let n = 0; n <= 20e6 / bytes.length; n++) expect(await heard({ ...piano })).toEqual(first);
    expect(await heard(counted)).toEqual(first);
    expect(reads).toBe(2);
  });

  it('frees a SoundFont that is over its limit, though its piece was cut while notes sounded', async () => {
    const engine = createRequire(import.meta.resolve('js-synthesizer'))(
      '../externals/libfluidsynth-2.4.6.js',
    ) as { readonly HEAPU8: Uint8Array };
    const large: SoundFont = { read: () => readSoundFont(shippedSoundFont) };
    const memoryAfter = async (pieces: number): Promise<number> => {
      for (let n = 0; n < pieces; n++) {
        for await (const _ of synthesise(midiOf(scale), [large], { maxFrames: 1e9 })) break;
      }
      return engine.HEAPU8.length;
    };
    const before = await memoryAfter(2);
    expect(await memoryAfter(3)).toBe(before);
  });

  it('says that a SoundFont cannot be loaded, and plays others afterwards', async () => {
    const broken = { read: () => Promise.resolve(bytes.subarray(0, bytes.length / 2)) };
    const playing = synthesise(midiOf(scale), [piano, broken], { maxFrames: 24_000 });
    await expect(playing.next()).rejects.toThrow('FluidSynth cannot load it');
    expect((await play(midiOf(scale), { maxFrames: 24_000 })).left.length).toBe(24_000);
  });

  it('can be aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const playing = (async () => {
      for await (const block of synthesise(midiOf(scale), [piano], {
        maxFrames: 1e9,
        signal: controller.signal,
      })) {
        expect(block.left.length).toBeGreaterThan(0);
        controller.abort(reason);
      }
    })();
    await expect(playing).rejects.toBe(reason);
  });
});

/**
 * {@link envelope} of the same scale by native FluidSynth 2.3.1, gain 0.6, no chorus and the same
 * reverb: the SoundFont, its decoding and its levels are right when ours follows it.
 */
const nativeScale = [
  56, 61, 55, 53, 41, 135, 140, 132, 119, 94, 297, 349, 319, 297, 247, 483, 539, 511, 484, 379, 588, 652, 600,
  566, 466, 838, 911, 859, 813, 656, 998, 1003, 870, 818, 666, 1240, 1266, 1105, 1022, 846, 1628, 1520, 1357,
  1232, 985, 1681, 1808, 1705, 1473, 1284, 2005, 2182, 2078, 1800, 1476, 3472, 3572, 3051, 2712, 2373, 4116,
  4211, 3616, 3157, 2732, 4452, 4177, 3718, 3098, 2429, 5068, 4389, 3715, 2995, 2442, 1356, 714, 409, 238,
  214,
].map((value) => value / 1e5);
