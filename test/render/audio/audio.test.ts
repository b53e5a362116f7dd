import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeMidi } from '../../../src/music/midi/write.js';
import {
  midiSound,
  renderPiece,
  renderSound,
  type AudioOptions,
  type AudioPreview,
} from '../../../src/render/audio/audio.js';
import { integratedLoudness, LoudnessMeter } from '../../../src/render/audio/loudness.js';
import { shippedSounds } from '../../../src/render/audio/sound-bank.js';
import { pieceOf } from '../piece-fixture.js';
import type { Note } from '../../../src/music/note.js';
import { midiOf, scale, wandering } from './midi-fixture.js';
import { decode } from './ogg-reader.js';
import { has, run } from '../programs.js';
import { correlation, decibels, envelope, highest, octaves } from './signals.js';

/** The input sample rate of an Ogg Opus file. */
const rateOf = (file: Uint8Array): number => new DataView(file.buffer, file.byteOffset).getUint32(40, true);

/** The sound of notes for a piano alone. */
function renderNotes(notes: readonly Note[], options?: AudioOptions): Promise<AudioPreview> {
  const piece = pieceOf(notes);
  return renderPiece(piece, writeMidi(piece), options);
}

describe('renderPiece', () => {
  it('renders the whole piece and its tail: loud enough, never too loud, ending in silence', async () => {
    const notes = wandering(60, 15);
    const { bytes, contentType, durationSeconds, cutAtSeconds } = await renderNotes(notes);
    const { left, right } = decode(bytes);
    const meter = new LoudnessMeter();
    meter.add(left, right);

    expect(contentType).toBe('audio/ogg');
    expect(cutAtSeconds).toBeUndefined();
    const lastEnd = Math.max(...notes.map((note) => note.onsetSeconds + note.durationSeconds));
    expect(durationSeconds).toBeGreaterThan(lastEnd);
    expect(durationSeconds).toBeLessThan(lastEnd + 3);
    expect(left.length).toBe(Math.round(durationSeconds * 48_000));
    expect(Math.abs(integratedLoudness(meter.energies) + 16)).toBeLessThan(0.5);
    for (const channel of [left, right]) {
      expect(decibels(highest(channel))).toBeLessThanOrEqual(-1);
      expect(decibels(highest(channel.subarray(-48)))).toBeLessThan(-70);
    }
    expect(correlation(left, right)).toBeLessThan(0.999);
  });

  it('renders a piano at half the rate by itself, which nobody hears: the same length, loudness and spectrum', async () => {
    const notes = wandering(60, 15);
    const sounds = shippedSounds({ programs: [0], hasDrums: false });
    const [half, full] = [await renderNotes(notes), await renderSound(midiSound(midiOf(notes), sounds))];
    expect(rateOf(half.bytes)).toBe(24_000);
    expect(rateOf(full.bytes)).toBe(48_000);
    expect(Math.abs(half.durationSeconds - full.durationSeconds)).toBeLessThan(0.05);
    const [a, b] = [octaves(decode(half.bytes)), octaves(decode(full.bytes))];
    for (const [octave, level] of a.entries()) expect(Math.abs(level - b[octave]!)).toBeLessThan(0.5);
  });

  it('renders what has more above 12 kHz at the whole rate', async () => {
    for (const track of [{ program: 40 }, { isDrums: true, program: 0 }]) {
      const piece = pieceOf([{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 90 }]);
      const tracks = piece.tracks.map((each) => ({ ...each, ...track }));
      const other = { ...piece, tracks: [...piece.tracks, ...tracks] };
      expect(rateOf((await renderPiece(other, writeMidi(other))).bytes)).toBe(48_000);
    }
    const piano = pieceOf([{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 90 }]);
    const soundFont = fileURLToPath(new URL('./fixtures/piano.sf2', import.meta.url));
    expect(rateOf((await renderPiece(piano, writeMidi(piano))).bytes)).toBe(24_000);
    expect(rateOf((await renderPiece(piano, writeMidi(piano), { soundFont })).bytes)).toBe(48_000);
  });

  it('keeps the dynamics of a scale from soft to loud', async () => {
    const { left, right } = decode((await renderNotes(scale)).bytes);
    const heard = envelope(left, right);
    const loudest = (note: number): number => Math.max(...heard.slice(5 * note, 5 * note + 5));
    // Velocity 15 against 111, as native FluidSynth renders them: 61 against 4211.
    expect(decibels(loudest(12) / loudest(0))).toBeGreaterThan(30);
  });

  it.each([1, 127])('brings a single note of velocity %i to a good level', async (velocity) => {
    const { left } = decode(
      (await renderNotes([{ pitch: 60, onsetSeconds: 0, durationSeconds: 2, velocity }])).bytes,
    );
    expect(decibels(highest(left))).toBeGreaterThan(-16);
    expect(decibels(highest(left))).toBeLessThanOrEqual(-1);
  });

  it('is the same file every time', async () => {
    expect((await renderNotes(scale)).bytes).toEqual((await renderNotes(scale)).bytes);
  });

  it('cuts at maxBytes, fades out and says where', async () => {
    const maxBytes = 100_000;
    const preview = await renderNotes(wandering(120, 40), { maxBytes });
    const { left, right } = decode(preview.bytes);
    expect(preview.bytes.length).toBeLessThanOrEqual(maxBytes);
    expect(preview.bytes.length).toBeGreaterThan(0.8 * maxBytes);
    expect(preview.cutAtSeconds).toBe(preview.durationSeconds);
    expect(left.length).toBe(Math.round(preview.durationSeconds * 48_000));
    expect(decibels(highest(left.subarray(-48)))).toBeLessThan(-70);
    const heard = envelope(left, right);
    const loudestOf = (seconds: number[]): number =>
      Math.max(...heard.slice(20 * seconds[0]!, 20 * seconds[1]!));
    const end = Math.floor(preview.durationSeconds);
    expect(loudestOf([end - 1, end])).toBeLessThan(0.3 * loudestOf([end - 5, end - 3]));
  });

  it('lowers the bit rate before it cuts', async () => {
    const notes = wandering(40, 10);
    const best = await renderNotes(notes);
    const smaller = await renderNotes(notes, { maxBytes: best.bytes.length - 1 });
    expect(smaller.bytes.length).toBeLessThan(best.bytes.length);
    expect(smaller.cutAtSeconds).toBeUndefined();
    expect(smaller.durationSeconds).toBe(best.durationSeconds);
  });

  it('is bounded in length, bytes and memory when the piece lasts for hours', async () => {
    // 125 seconds are more than is recorded: this is the way of every longer piece.
    const seconds = 125;
    const notes = wandering(2000, 7 * 3600);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers)), 20);
    const sound = midiSound(midiOf(notes), shippedSounds({ programs: [0], hasDrums: false }));
    const preview = await renderSound(sound, { maxSeconds: seconds }).finally(() => {
      clearInterval(watch);
    });
    expect(preview.durationSeconds).toBe(seconds);
    expect(preview.cutAtSeconds).toBe(seconds);
    expect(most - before).toBeLessThan(60e6);

    // What was rendered the second time lines up with what was measured the first time.
    const { left, right } = decode(preview.bytes);
    expect(left.length).toBe(seconds * 48_000);
    const meter = new LoudnessMeter();
    meter.add(left, right);
    expect(Math.abs(integratedLoudness(meter.energies) + 16)).toBeLessThan(0.5);
    const heard = envelope(left, right);
    for (const { onsetSeconds } of notes.filter((note) => note.onsetSeconds < seconds - 5).slice(1)) {
      const at = Math.floor(onsetSeconds * 20);
      expect(Math.max(heard[at]!, heard[at + 1]!)).toBeGreaterThan(2 * heard[at - 1]!);
    }
  });

  it('can be aborted', async () => {
    await expect(renderNotes(scale, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    await expect(
      renderNotes(wandering(300, 300), { signal: AbortSignal.timeout(100) }),
    ).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('refuses a file without sound, and limits without room', async () => {
    await expect(renderNotes([])).rejects.toThrow(RangeError);
    await expect(renderNotes(scale, { maxBytes: 20_000 })).rejects.toThrow(RangeError);
  });

  it.skipIf(!has('ffprobe'))('is Opus in Ogg of the right length to ffprobe (needs ffmpeg)', async () => {
    const { bytes, durationSeconds } = await renderNotes(scale);
    const output = run(
      'ffprobe',
      '-v error -show_streams -show_format -of json -'.split(' '),
      bytes,
    ).toString();
    expect(JSON.parse(output)).toMatchObject({
      streams: [{ codec_name: 'opus', channels: 2, sample_rate: '48000' }],
      format: { format_name: 'ogg' },
    });
    const decoded = run('ffmpeg', '-v error -i - -f s16le -'.split(' '), bytes);
    expect(decoded.length / 4 / 48_000).toBeCloseTo(durationSeconds, 6);
  });

  it.skipIf(!has('ffmpeg'))('is at −16 LUFS and below −1 dBFS to ffmpeg (needs ffmpeg)', async () => {
    const { bytes } = await renderNotes(wandering(100, 20, 5));
    const args = '-hide_banner -nostats -i - -af ebur128=peak=true -f null -'.split(' ');
    const output = run('ffmpeg', args, bytes).toString();
    const summary = output.slice(output.lastIndexOf('Summary:'));
    expect(Math.abs(Number(/I:\s+(-[\d.]+) LUFS/.exec(summary)?.[1]) + 16)).toBeLessThan(0.5);
    expect(Number(/Peak:\s+(-[\d.]+) dBFS/.exec(summary)?.[1])).toBeLessThanOrEqual(-1);
  });
});
