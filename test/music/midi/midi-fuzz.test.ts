import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeyboard, type KeyboardContents } from '../../../src/music/midi/read.js';
import { MidiVerificationError, verifyMidi } from '../../../src/music/midi/verify.js';
import { keyboardPiece } from '../../../src/music/keyboard.js';
import { UserError } from '../../../src/errors/user-error.js';
import { mutants } from './midi-mutants.js';

function isSound({ notes, durationSeconds, tempoBpm }: KeyboardContents): boolean {
  return (
    notes.length > 0 &&
    notes[0]!.onsetSeconds === 0 &&
    notes.every(
      (note, i) =>
        note.onsetSeconds >= (notes[i - 1]?.onsetSeconds ?? 0) &&
        note.durationSeconds > 0 &&
        note.onsetSeconds + note.durationSeconds <= durationSeconds + 1e-9 &&
        [note.pitch, note.velocity - 1].every(
          (value) => Number.isInteger(value) && value >= 0 && value < 128,
        ),
    ) &&
    durationSeconds <= 1800 &&
    tempoBpm >= 20 &&
    tempoBpm <= 300
  );
}

/**
 * Broken files from `mutants`, in hexadecimal, by the result of `readKeyboard`: the number of notes, or an
 * error code.
 */
const corpus = JSON.parse(readFileSync(join(import.meta.dirname, 'midi-corpus.json'), 'utf8')) as Record<
  string,
  readonly string[]
>;

/** The result as a key of {@link corpus}; rethrows anything but a UserError. */
function outcome(bytes: Uint8Array): string {
  try {
    const contents = readKeyboard(bytes);
    if (!isSound(contents)) expect.fail(`Unsound contents of ${Buffer.from(bytes).toString('hex')}`);
    return `${contents.notes.length} notes`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.code;
  }
}

describe('the corpus of broken files', () => {
  it.each(Object.entries(corpus))('is read as before: %s', (expected, files) => {
    for (const hex of files) expect(outcome(Buffer.from(hex, 'hex')), hex).toBe(expected);
  });

  it('ends in notes or an error message, whatever is changed at one more place of a file', () => {
    const files = Object.values(corpus).flat();
    const bytes = fc.uint8Array({ maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(600), fc.nat(8), bytes, (hex, place, taken, put) => {
        const file = [...Buffer.from(hex, 'hex')];
        expect(outcome(Uint8Array.from(file.toSpliced(place % file.length, taken, ...put)))).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('2,000 broken files', () => {
  it('readKeyboard gives each its notes or a UserError, each within 250 ms of CPU', () => {
    const seen = { read: 0, refused: 0 };
    for (const bytes of mutants(2000, 1)) {
      const start = process.cpuUsage();
      seen[outcome(bytes).endsWith(' notes') ? 'read' : 'refused']++;
      expect(process.cpuUsage(start).user / 1000).toBeLessThan(250);
    }
    // Both outcomes occur often.
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan(200);
  });

  it('verifyMidi accepts none as another piece, and always ends', () => {
    const piece = keyboardPiece({
      title: 'Not in any of them',
      tempoBpm: 120,
      timeSignature: { numerator: 4, denominator: 4 },
      hasBars: false,
      notes: [{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 64 }],
    });
    for (const bytes of mutants(2000, 2)) {
      expect(() => verifyMidi(bytes, piece)).toThrow(MidiVerificationError);
    }
  });
});
