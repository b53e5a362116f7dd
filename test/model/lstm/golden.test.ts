import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readKerasFile } from '../../../src/model/lstm/keras-import.js';
import { SlidingNetwork, type HeardNote } from '../../../src/model/lstm/sliding-network.js';
import { PlainNetwork } from './plain-network.js';
import { describeWithData } from '../../shared-data.js';

interface Golden {
  readonly cases: readonly {
    /** [25][3]: pitch 0–127, step, duration. */
    readonly window: readonly (readonly [number, number, number])[];
    readonly pitch_logits: readonly number[];
    readonly step: number;
    readonly duration: number;
    readonly greedy: readonly (readonly [number, number, number])[];
  }[];
}

describeWithData('seed-model', 'the reference network', (folder) => {
  const golden = (): Golden => JSON.parse(readFileSync(new URL('golden.json', folder), 'utf8')) as Golden;
  const weights = () => readKerasFile(fileURLToPath(new URL('full_model.h5', folder)));
  const heard = ([pitch, stepSeconds, durationSeconds]: readonly [number, number, number]): HeardNote => ({
    pitch,
    stepSeconds,
    durationSeconds,
  });

  it('gives the reference outputs to 1e-4', async () => {
    const plain = new PlainNetwork(await weights());
    for (const { window, pitch_logits, step, duration } of golden().cases) {
      const answer = plain.answer(window.map(heard));
      [...pitch_logits, step, duration].forEach((expected, i) => {
        expect(Math.abs(answer[i]! - expected)).toBeLessThan(1e-4);
      });
    }
  });

  it('continues greedily with the reference pitches', async () => {
    const { cases } = golden();
    expect(cases).toHaveLength(3);
    const network = new SlidingNetwork(await weights(), 3);
    const streams = cases.map(() => network.open());
    const played = cases.map(({ window }) => window.map(heard));
    for (let i = 0; i < 25 + 50; i++) {
      network.advance((stream) => played[stream.row]![i]!);
      if (i < 24) continue;
      for (const { row, logits, stepSeconds, durationSeconds } of streams) {
        played[row]!.push({
          pitch: logits.indexOf(Math.max(...logits)),
          stepSeconds: Math.max(0, stepSeconds),
          durationSeconds: Math.max(0, durationSeconds),
        });
      }
    }
    cases.forEach(({ greedy }, row) => {
      const notes = played[row]!.slice(25, 75);
      expect(notes.map(({ pitch }) => pitch)).toEqual(greedy.map(([pitch]) => pitch));
      greedy.forEach(([, step, duration], i) => {
        expect(notes[i]!.stepSeconds).toBeCloseTo(step, 4);
        expect(notes[i]!.durationSeconds).toBeCloseTo(duration, 4);
      });
    });
  });
});
