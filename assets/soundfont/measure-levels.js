/**
 * Measures the loudness of each built-in instrument by pitch and velocity, and writes `levels.json` in this
 * folder, from which src/render/audio/part-loudness.ts predicts the loudness of a part. Run it after every
 * change of the sounds:
 *
 *   npm run build && node assets/soundfont/measure-levels.js
 */
import { writeFile } from 'node:fs/promises';
import { grandPiano, shippedPrograms } from '../../dist/render/audio/instruments.js';
import { LoudnessMeter } from '../../dist/render/audio/loudness.js';
import { shippedSounds } from '../../dist/render/audio/sound-bank.js';
import { synthesise } from '../../dist/render/audio/synth.js';
import { writeMidi } from '../../dist/music/midi/write.js';

/** Other velocities differ by 40 dB per decade, for every built-in instrument. */
const velocity = 80;
const range = (from, to, step) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
/** Seconds between notes, and length of each. */
const every = 3;
const held = 2;

const measured = {};
for (const program of shippedPrograms) {
  measured[program] = await measure({ programs: [program], hasDrums: false }, range(24, 96, 12));
}
measured.drums = await measure({ programs: [], hasDrums: true }, range(35, 81, 1));
const lines = Object.entries(measured).map(([name, levels]) => `  "${name}": ${JSON.stringify(levels)}`);
await writeFile(new URL('./levels.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);

/**
 * For every pitch: the level of the loudest tenth of a second at velocity 80, in dB of the K-weighted mean
 * square, its decay in dB per second, and the seconds until it is within 3 dB of that level.
 */
async function measure(instruments, pitches) {
  const midi = writeMidi(
    {
      ...{ title: '', ticksPerQuarter: 500, tempos: [], meters: [], keys: [], hasBars: false },
      tracks: [
        {
          ...{ name: '', program: instruments.programs[0] ?? grandPiano, isDrums: instruments.hasDrums },
          volume: 127,
          notes: pitches.map((pitch, i) => ({
            pitch,
            velocity,
            startTick: 1000 * every * i,
            lengthTicks: 1000 * held,
          })),
        },
      ],
    },
    [],
    [{ reverb: 0 }],
  );
  const meter = new LoudnessMeter();
  const sounds = shippedSounds(instruments);
  for await (const { left, right } of synthesise(midi, sounds, { maxFrames: 1e9 })) meter.add(left, right);
  const decibels = (energy) => 10 * Math.log10(Math.max(energy ?? 0, 1e-12));
  const curves = pitches.map((_, i) =>
    range(0, held * 10 - 1, 1).map((step) => decibels(meter.energies[every * 10 * i + step])),
  );
  const rounded = (value) => Math.round(value * 10) / 10;
  return {
    pitches,
    levels: curves.map((curve) => rounded(Math.max(...curve))),
    decay: curves.map((curve) => {
      const loudest = curve.indexOf(Math.max(...curve));
      const low = curve.findIndex((level, step) => step > loudest && level < curve[loudest] - 20);
      const until = low < 0 ? curve.length - 1 : low;
      return rounded(Math.max(0, curve[loudest] - curve[until]) / (0.1 * Math.max(1, until - loudest)));
    }),
    attack: curves.map((curve) => rounded(0.1 * curve.findIndex((level) => level >= Math.max(...curve) - 3))),
  };
}
