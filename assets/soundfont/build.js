/**
 * Cuts the grand piano out of FluidR3Mono_GM.sf3 and writes it as `piano.sf2` beside this file.
 *
 *   node assets/soundfont/build.js path/to/FluidR3Mono_GM.sf3
 *
 * README.md says where that file comes from. The result is the same, byte for byte, on every run.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { BasicSoundBank, SoundBankLoader } from 'spessasynth_core';

const source = process.argv[2];
if (source === undefined) {
  console.error('Usage: node assets/soundfont/build.js path/to/FluidR3Mono_GM.sf3');
  process.exit(2);
}

// Until the Vorbis decoder is ready, compressed samples decode to silence.
await BasicSoundBank.isSF3DecoderReady;

const file = await readFile(source);
const bank = SoundBankLoader.fromArrayBuffer(
  file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength),
);
const grandPiano = bank.presets.find(
  ({ program, bankMSB, bankLSB, isGMGSDrum }) =>
    program === 0 && bankMSB === 0 && bankLSB === 0 && !isGMGSDrum,
);
if (grandPiano === undefined) throw new Error(`${source} has no preset at bank 0, program 0.`);

const piano = new BasicSoundBank();
piano.clonePreset(grandPiano);
// FluidSynth's WebAssembly build peak-normalises every compressed sample, which breaks the
// balance between them: the piano is stored as plain PCM.
await piano.setSampleFormat({ format: 'pcm' });
// Authors, copyright, comment and date stay as they are in the source; README.md comments on them.
piano.soundBankInfo = {
  ...bank.soundBankInfo,
  name: 'FluidR3Mono grand piano',
  version: { major: 2, minor: 4 },
};
piano.flush();

const sf2 = new Uint8Array(piano.writeSF2());
await writeFile(new URL('./piano.sf2', import.meta.url), sf2);
console.log(`piano.sf2: ${sf2.length} bytes, sha256 ${createHash('sha256').update(sf2).digest('hex')}`);
