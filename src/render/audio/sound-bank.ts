import { fileURLToPath } from 'node:url';
import type { BasicSoundBank } from 'spessasynth_core';
import { grandPiano, type Instruments } from './instruments.js';
import { pianoFor, type Struck } from './piano-samples.js';
import { readLarge } from '../large-bytes.js';
import { readSoundFont, shippedSoundFont } from './sound-font.js';
import type { SoundFont } from './synth.js';

/** Every built-in instrument except the piano, and the drums, compressed (SF3). */
const instrumentsFile = fileURLToPath(new URL('../../../assets/soundfont/instruments.sf3', import.meta.url));

const sounds = new Map<string, SoundFont>();

/**
 * The built-in sounds of some instruments as SoundFonts with one preset each, which are decoded when they are read.
 * @param programs built-in ones only (`nearestProgram`); reading others throws a RangeError
 * @param pianoNotes which the piano has to play; all unless given
 */
export function shippedSounds(
  { programs, hasDrums }: Instruments,
  pianoNotes?: readonly Struck[],
): SoundFont[] {
  const names = new Set([...programs.map(String), ...(hasDrums ? ['drums'] : [])]);
  return Array.from(names, (name) =>
    pianoNotes !== undefined && name === piano
      ? { read: () => Promise.resolve(pianoFor(shippedSoundFont, pianoNotes)) }
      : sound(name),
  );
}

const piano = String(grandPiano);

function sound(name: string): SoundFont {
  const known = sounds.get(name) ?? {
    read: () => (name === piano ? readSoundFont(shippedSoundFont) : decode(name)),
  };
  sounds.set(name, known);
  return known;
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
    return SoundBankLoader.fromArrayBuffer((await readLarge(instrumentsFile)).buffer);
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
