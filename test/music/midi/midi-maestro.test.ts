import { readdirSync, readFileSync, statSync } from 'node:fs';
import tonejs from '@tonejs/midi';
import { expect, it } from 'vitest';
import { corpusLimits } from '../../../src/music/midi/limits.js';
import { readKeyboard } from '../../../src/music/midi/read.js';
import { describeWithData } from '../../shared-data.js';

describeWithData('maestro-v2.0.0', 'readKeyboard on MAESTRO', (folder) => {
  const year = new URL('2004/', folder);
  const bySize = (a: URL, b: URL): number => statSync(a).size - statSync(b).size;
  const smallest = (): URL[] =>
    readdirSync(year)
      .map((file) => new URL(encodeURIComponent(file), year))
      .sort(bySize)
      .slice(0, 4);

  it('reads the same notes as @tonejs/midi', () => {
    for (const url of smallest()) {
      const bytes = readFileSync(url);
      const ours = readKeyboard(bytes, corpusLimits).notes;
      const theirs = new tonejs.Midi(bytes).tracks
        .flatMap(({ notes }) => notes)
        .sort((a, b) => a.ticks - b.ticks || a.midi - b.midi)
        .filter(({ durationTicks }) => durationTicks > 0);
      const start = theirs[0]!.time;
      expect(ours).toHaveLength(theirs.length);
      for (const [i, note] of ours.entries()) {
        const their = theirs[i]!;
        expect([note.pitch, note.velocity]).toEqual([their.midi, Math.round(their.velocity * 127)]);
        expect(note.onsetSeconds).toBeCloseTo(their.time - start, 6);
        expect(note.durationSeconds).toBeCloseTo(their.duration, 6);
      }
    }
  });
});
