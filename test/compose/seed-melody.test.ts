import { describe, expect, it } from 'vitest';
import { parseSeedMelody } from '../../src/compose/seed-melody.js';

const json = {
  title: 'Study',
  composer: 'A. Nonymous',
  source: 'nowhere',
  beatsPerMinute: 60,
  timeSignature: [3, 4],
  key: 'B♭ major',
  notes: [
    ['D5', 1.5, 0.5, 70],
    ['Bb3', 0, 2, 50],
    ['F#4', 1, 1, 60],
  ],
};

describe('parseSeedMelody', () => {
  it('reads pitch names and beats, in onset order', () => {
    expect(parseSeedMelody(json)).toEqual({
      title: 'A. Nonymous, Study',
      tempoBpm: 60,
      timeSignature: { numerator: 3, denominator: 4 },
      key: { tonic: 'Bb', scale: 'major' },
      notes: [
        { pitch: 58, onsetSeconds: 0, durationSeconds: 2, velocity: 50 },
        { pitch: 66, onsetSeconds: 1, durationSeconds: 1, velocity: 60 },
        { pitch: 74, onsetSeconds: 1.5, durationSeconds: 0.5, velocity: 70 },
      ],
    });
  });

  it('starts at the first note', () => {
    const late = { ...json, notes: [['C4', 4, 1, 64]] };
    expect(parseSeedMelody(late).notes[0]?.onsetSeconds).toBe(0);
  });

  it.each([
    ['a pitch that is none', { notes: [['H4', 0, 1, 64]] }, 'not a pitch'],
    ['a pitch without its octave', { notes: [['C', 0, 1, 64]] }, 'not a pitch'],
    ['a note without length', { notes: [['C4', 0, 0, 64]] }, 'notes'],
    ['velocity 0', { notes: [['C4', 0, 1, 0]] }, 'notes'],
    ['an onset before the start', { notes: [['C4', -1, 1, 64]] }, 'notes'],
    ['no notes', { notes: [] }, 'notes'],
    ['an odd time signature', { timeSignature: [4, 5] }, 'timeSignature'],
    ['an unknown key', { key: 'H major' }, 'key'],
    ['a misspelt field', { tempo: 100 }, 'tempo'],
  ])('refuses %s', (_, change, complaint) => {
    expect(() => parseSeedMelody({ ...json, ...change })).toThrow(complaint);
  });
});
