/**
 * Builds the grand piano, `piano.sf2` in this folder, from recordings of the Salamander Grand Piano: four
 * velocity layers, in stereo. Needs ffmpeg.
 *
 *   npm install --no-save @audio-samples/piano-velocity{1,6,10,14}@1.0.5
 *   npm run build && node assets/soundfont/build-piano.js
 *
 * The first few seconds of a recording are kept, then looped. To preserve its decay, the loop is made equally
 * loud at both ends, and the SoundFont's envelope decays at the rate measured there. Layers differ only in
 * spectrum: recordings of all layers are normalised to the same loudness, and velocity determines the rest,
 * as in every SoundFont (40 dB per decade). README.md describes the result.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  BasicInstrument,
  BasicPreset,
  BasicSample,
  BasicSoundBank,
  Generator,
  GeneratorTypes,
} from 'spessasynth_core';
import { integratedLoudness, LoudnessMeter } from '../../dist/render/audio/loudness.js';

/**
 * Recordings of each layer, its velocities, and its sample rate: soft tones have little content above 12 kHz.
 */
const layers = [
  { recorded: 1, from: 0, to: 33, rate: 24_000 },
  { recorded: 6, from: 34, to: 60, rate: 24_000 },
  { recorded: 10, from: 61, to: 88, rate: 32_000 },
  { recorded: 14, from: 89, to: 127, rate: 32_000 },
];
const names = { 0: 'C', 3: 'D#', 6: 'F#', 9: 'A' };
/** Every third pitch in the middle, every sixth at both ends. */
const pitches = [21, 27, 33, ...Array.from({ length: 19 }, (_, i) => 36 + 3 * i), 96, 102, 108];
/** Above this pitch a piano has no dampers. */
const lastDamped = 89;
const loopSeconds = 0.5;
const crossfadeSeconds = 0.4;

const folderOf = (recorded) => {
  const { resolve } = createRequire(process.argv[2] ?? import.meta.url);
  return join(dirname(resolve(`@audio-samples/piano-velocity${recorded}/package.json`)), 'audio');
};
const secondsOf = (pitch) =>
  pitch < 48 ? 2.6 : pitch < 66 ? 2.2 : pitch < 78 ? 1.8 : pitch < 90 ? 1.3 : 0.9;

/** Decodes both channels of a recording. */
function decode({ recorded }, pitch, rate) {
  const file = join(folderOf(recorded), `${names[pitch % 12]}${Math.floor(pitch / 12) - 1}v${recorded}.ogg`);
  const args = ['-v', 'error', '-i', file, '-t', '6', '-ar', rate, '-ac', 2, '-f', 'f32le', '-'];
  const bytes = execFileSync('ffmpeg', args.map(String), { maxBuffer: 1e8 });
  const interleaved = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  return [0, 1].map((channel) =>
    Float32Array.from({ length: interleaved.length / 2 }, (_, i) => interleaved[2 * i + channel]),
  );
}

/** The first frame of the tone, 2 ms before it reaches a hundredth of its peak. */
function onset([left, right], rate) {
  const level = (i) => Math.max(Math.abs(left[i]), Math.abs(right[i]));
  let peak = 0;
  for (let i = 0; i < rate; i++) peak = Math.max(peak, level(i));
  let first = 0;
  while (level(first) < peak / 100) first++;
  return Math.max(0, first - Math.round(0.002 * rate));
}

const decibels = (value) => 10 * Math.log10(value);
const gainOf = (value) => 10 ** (value / 20);

/** Decay of a tone between two frames in dB per second, by linear regression over its level every 50 ms. */
function decayBetween(channels, from, to, rate) {
  const step = Math.round(0.05 * rate);
  const points = [];
  for (let at = from; at + step <= to; at += step) {
    let sum = 0;
    for (const channel of channels) for (let i = at; i < at + step; i++) sum += channel[i] ** 2;
    points.push([(at - from) / rate, decibels(sum / step + 1e-12)]);
  }
  const mean = (index) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const slope =
    points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) /
    points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return Math.min(80, Math.max(3, -slope));
}

/** Trims a recording, makes its last part equally loud, and loops it, in place. */
function loop(channels, pitch, rate) {
  const length = Math.round(secondsOf(pitch) * rate);
  const loopFrames = Math.round(loopSeconds * rate);
  const fade = Math.round(crossfadeSeconds * rate);
  const start = length - loopFrames;
  const even = start - fade;
  const decay = decayBetween(channels, even, length, rate);
  for (const channel of channels) {
    for (let i = even; i < length; i++) channel[i] *= gainOf((decay * (i - even)) / rate);
    for (let i = 0; i < fade; i++) {
      const at = length - fade + i;
      const angle = (Math.PI / 2) * (i / fade);
      channel[at] = channel[at] * Math.cos(angle) + channel[at - loopFrames] * Math.sin(angle);
    }
  }
  return {
    channels: channels.map((channel) => channel.subarray(0, length)),
    ...{ start, length, decay, hold: even / rate },
  };
}

const recordings = layers.flatMap((layer) =>
  pitches.map((pitch) => {
    const heard = decode(layer, pitch, 48_000);
    const from = onset(heard, 48_000);
    const meter = new LoudnessMeter();
    meter.add(...heard.map((channel) => channel.subarray(from, from + 24_000)));
    const kept = decode(layer, pitch, layer.rate);
    const first = onset(kept, layer.rate);
    return {
      ...{ layer, pitch, loudness: integratedLoudness(meter.energies) },
      ...loop(
        kept.map((channel) => channel.slice(first)),
        pitch,
        layer.rate,
      ),
    };
  }),
);

// Loudness differences between pitches are kept, averaged over the layers; those between layers are not.
const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const layerMean = new Map(
  layers.map((layer) => [
    layer,
    meanOf(recordings.filter((each) => each.layer === layer).map(({ loudness }) => loudness)),
  ]),
);
const pitchLevel = (pitch) =>
  meanOf(
    recordings
      .filter((each) => Math.abs(each.pitch - pitch) <= 3)
      .map(({ layer, loudness }) => loudness - layerMean.get(layer)),
  );
let peak = 0;
for (const recording of recordings) {
  const gain = gainOf(pitchLevel(recording.pitch) - recording.loudness);
  for (const channel of recording.channels) {
    for (let i = 0; i < channel.length; i++) {
      channel[i] *= gain;
      peak = Math.max(peak, Math.abs(channel[i]));
    }
  }
}

const bank = new BasicSoundBank();
const instrument = new BasicInstrument();
// At most 20 characters, otherwise players with a fixed limit reject the file.
instrument.name = 'Salamander Grand';
const timecents = (seconds) => Math.round(1200 * Math.log2(seconds));
for (const { layer, pitch, channels, start, length, decay, hold } of recordings) {
  const at = pitches.indexOf(pitch);
  const from = at === 0 ? 0 : Math.floor((pitches[at - 1] + pitch) / 2) + 1;
  const to = at === pitches.length - 1 ? 127 : Math.floor((pitch + pitches[at + 1]) / 2);
  for (const [side, data] of channels.entries()) {
    const name = `${names[pitch % 12]}${Math.floor(pitch / 12) - 1} v${layer.recorded} ${'LR'[side]}`;
    // Each channel is a separate, panned sample, so that players need not support linked ones.
    const sample = new BasicSample(name, layer.rate, pitch, 0, 1, start, length);
    sample.setAudioData(
      data.map((value) => (0.95 * value) / peak),
      layer.rate,
    );
    bank.addSamples(sample);
    const zone = instrument.createZone(sample);
    zone.keyRange = { min: from, max: to };
    zone.velRange = { min: layer.from, max: layer.to };
    zone.addGenerators(
      new Generator(GeneratorTypes.pan, side === 0 ? -500 : 500),
      new Generator(GeneratorTypes.sampleModes, 1),
      new Generator(GeneratorTypes.holdVolEnv, timecents(hold)),
      // Time to decay by 100 dB.
      new Generator(GeneratorTypes.decayVolEnv, timecents(100 / decay)),
      new Generator(GeneratorTypes.sustainVolEnv, 1000),
      new Generator(GeneratorTypes.releaseVolEnv, timecents(pitch > lastDamped ? 4 : 0.5)),
    );
  }
}
bank.addInstruments(instrument);
const preset = new BasicPreset(bank);
preset.name = instrument.name;
preset.createZone(instrument);
bank.addPresets(preset);
bank.soundBankInfo = {
  ...bank.soundBankInfo,
  name: 'Salamander Grand Piano, four layers',
  engineer: 'Alexander Holm',
  copyright: 'Alexander Holm, CC BY 3.0',
  comment:
    'Salamander Grand Piano V3 by Alexander Holm, https://archive.org/details/SalamanderGrandPianoV3, ' +
    'licensed CC BY 3.0, https://creativecommons.org/licenses/by/3.0/. Cut, levelled and looped by Musical AI.',
  creationDate: new Date('2026-11-29T00:00:00Z'),
  version: { major: 2, minor: 4 },
};
bank.flush();
const sf2 = new Uint8Array(await bank.writeSF2());
await writeFile(new URL('./piano.sf2', import.meta.url), sf2);
console.log(`piano.sf2: ${sf2.length} bytes, sha256 ${createHash('sha256').update(sf2).digest('hex')}`);
