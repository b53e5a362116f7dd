import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BasicSoundBank } from 'spessasynth_core';
import { grandPiano, type Instruments } from './instruments.js';
import { shippedSoundFont } from './sound-font.js';

/** Every built-in instrument except the piano, and the drums, compressed (SF3). */
const instrumentsFile = fileURLToPath(new URL('../../../assets/soundfont/instruments.sf3', import.meta.url));

/** Limit on cached decoded audio per thread. The largest instrument, the drums, takes a tenth of it. */
const mostKeptBytes = 64e6;

/** Decoded instruments, least recently used first. */
const kept = new Map<string, Uint8Array>();

/**
 * The built-in sounds of some instruments as SoundFonts (SF2) with one preset each, decoded unless cached.
 * @param programs built-in ones only (`nearestProgram`)
 */
export async function shippedSounds({ programs, hasDrums }: Instruments): Promise<Uint8Array[]> {
  const sounds: Uint8Array[] = [];
  for (const program of new Set(programs)) {
    sounds.push(program === grandPiano ? await readPiano() : await instrument(String(program)));
  }
  if (hasDrums) sounds.push(await instrument('drums'));
  return sounds;
}

let piano: Promise<Uint8Array> | undefined;

function readPiano(): Promise<Uint8Array> {
  piano ??= readFile(shippedSoundFont);
  return piano;
}

async function instrument(name: string): Promise<Uint8Array> {
  const sound = kept.get(name) ?? (await decode(name));
  kept.delete(name);
  kept.set(name, sound);
  let bytes = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
  for (const [oldest, { length }] of kept) {
    if (bytes <= mostKeptBytes) break;
    kept.delete(oldest);
    bytes -= length;
  }
  return sound;
}

let compressed: Promise<BasicSoundBank> | undefined;

/** Extends the lowest and the highest samples to all keys beyond them. */
function soundOnEveryKey({ presets, instruments }: BasicSoundBank): void {
  const zones = [...presets.flatMap((preset) => preset.zones), ...instruments.flatMap((each) => each.zones)];
  // −1 if a zone has no range of its own.
  const ranges = zones.map(({ keyRange }) => keyRange).filter(({ min }) => min >= 0);
  const lowest = Math.min(...ranges.map(({ min }) => min));
  const highest = Math.max(...ranges.map(({ max }) => max));
  for (const range of ranges) {
    if (range.min === lowest) range.min = 0;
    if (range.max === highest) range.max = 127;
  }
}

async function decode(name: string): Promise<Uint8Array> {
  // Loaded for the first piece that is not a piano solo.
  const { BasicSoundBank: SoundBank, SoundBankLoader } = await import('spessasynth_core');
  compressed ??= (async () => {
    // Until the Vorbis decoder is ready, compressed samples are decoded as silence.
    await SoundBank.isSF3DecoderReady;
    return SoundBankLoader.fromArrayBuffer(Uint8Array.from(await readFile(instrumentsFile)).buffer);
  })();
  const { presets, soundBankInfo } = await compressed;
  const preset = presets.find(({ program, isGMGSDrum }) =>
    name === 'drums' ? isGMGSDrum : !isGMGSDrum && program === Number(name),
  );
  if (preset === undefined) throw new RangeError(`No shipped instrument is called ${name}.`);
  const alone = new SoundBank();
  alone.clonePreset(preset);
  if (name !== 'drums') soundOnEveryKey(alone);
  // FluidSynth's WebAssembly plays compressed samples at wrong levels.
  await alone.setSampleFormat({ format: 'pcm' });
  alone.soundBankInfo = { ...soundBankInfo, version: { major: 2, minor: 4 } };
  alone.flush();
  return new Uint8Array(alone.writeSF2());
}
