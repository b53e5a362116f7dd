import fc from 'fast-check';
import { Note as NoteName } from 'tonal';
import { describe, expect, it } from 'vitest';
import { byOnset, type Note } from '../../src/music/note.js';
import { openingLength, prepareOpening } from '../../src/model/opening.js';
import type { Opening } from '../../src/request/request.js';
import { parseKey, scalePitchClasses } from '../../src/music/theory/scale.js';
import { loadOpenings } from '../../src/compose/openings.js';
import { anyKey, anyOpening } from '../compose/requests.js';
import { startFrom } from '../compose/tasks.js';

const openings = await loadOpenings();
const names = (opening: Opening): string =>
  opening.notes.map((note) => NoteName.fromMidiSharps(note.pitch).replace('#', '♯')).join(' ');
const scale = (...pitches: number[]): Opening => ({
  title: 'a scale',
  tempoBpm: 120,
  timeSignature: { numerator: 4, denominator: 4 },
  notes: pitches.map((pitch, i): Note => ({ pitch, onsetSeconds: i + 3, durationSeconds: 1, velocity: 64 })),
});
const cMajor = scale(60, 62, 64, 65, 67, 69, 71, 72);
const cMinor = scale(60, 62, 63, 65, 67, 68, 70, 72);

describe('prepareOpening', () => {
  it('keeps the first 25 notes of an opening as they are and starts at 0 s', () => {
    const bach = openings.get('bach-prelude')!;
    const kept = bach.notes.slice(0, 25).map((note) => ({
      ...note,
      durationSeconds: expect.closeTo(note.durationSeconds, 8) as number,
    }));
    expect(prepareOpening({ task: startFrom(bach), voices: 'poly' })).toEqual({ ...bach, notes: kept });
    expect(prepareOpening({ task: startFrom(cMajor), voices: 'poly' }).notes[0]?.onsetSeconds).toBe(0);
  });

  it('transposes an opening by its estimated key, a fifth down rather than up', () => {
    const inG = prepareOpening({ task: startFrom(cMajor), voices: 'poly', key: parseKey('G major') });
    expect(names(inG)).toBe('G3 A3 B3 C4 D4 E4 F♯4 G4');
  });

  it('trusts the key written in the opening', () => {
    const stated = { ...cMajor, key: parseKey('A minor') };
    const inC = prepareOpening({ task: startFrom(stated), voices: 'poly', key: parseKey('C minor') });
    expect(inC.notes[5]?.pitch).toBe(69 + 3);
  });

  it('turns major into minor and minor into major on one tonic', () => {
    expect(names(prepareOpening({ task: startFrom(cMajor), voices: 'poly', key: parseKey('C minor') }))).toBe(
      names(cMinor),
    );
    expect(names(prepareOpening({ task: startFrom(cMinor), voices: 'poly', key: parseKey('C major') }))).toBe(
      names(cMajor),
    );
  });

  it('moves a chromatic note to the nearest tone, the lower of two', () => {
    const elise = prepareOpening({
      task: startFrom(openings.get('beethoven-elise')!),
      voices: 'poly',
      key: parseKey('A minor'),
    });
    expect(names(elise)).toMatch(/^E5 D5 E5 D5 E5 B4 D5 C5/);
  });

  it('keeps the melody of an opening when one voice is requested', () => {
    const minuet = prepareOpening({ task: startFrom(openings.get('petzold-minuet')!), voices: 'mono' });
    expect(names(minuet)).toMatch(/^D5 G4 A4 B4 C5 D5 G4 G4 E5 C5 D5 E5 F♯5 G5/);
  });

  it('can be longer when a person supplied it, but not when built in', () => {
    const notes = Array.from({ length: 600 }, (_, i) => ({
      ...{ pitch: 60 + (i % 12), onsetSeconds: i / 10, durationSeconds: 0.1, velocity: 64 },
    }));
    const file = { ...cMajor, notes };
    const lengthOf = (chosenBy: 'file' | 'name', most?: number): number =>
      prepareOpening({ task: { kind: 'start', opening: file, chosenBy }, voices: 'poly' }, most).notes.length;
    expect(lengthOf('file')).toBe(openingLength);
    expect(lengthOf('file', 512)).toBe(512);
    expect(lengthOf('name', 512)).toBe(openingLength);
  });

  it('is in the requested key for any opening, and says so', () => {
    fc.assert(
      fc.property(anyOpening, anyKey, fc.constantFrom('poly', 'mono'), (opening, key, voices) => {
        const prepared = prepareOpening({ task: startFrom(opening), key, voices });
        const inScale = scalePitchClasses(key);
        expect(prepared.key).toEqual(key);
        expect(prepared.notes.length).toBeGreaterThan(0);
        expect(prepared.notes.length).toBeLessThanOrEqual(openingLength);
        expect(prepared.notes[0]!.onsetSeconds).toBe(0);
        expect(prepared.notes.toSorted(byOnset)).toEqual(prepared.notes);
        for (const { pitch } of prepared.notes) expect(inScale[pitch % 12]).toBe(true);
      }),
    );
  });
});
