import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishMusic, finishPiece } from '../../src/compose/finish.js';
import type { KeyboardPiece } from '../../src/music/keyboard.js';
import type { GeneratedNote } from '../../src/model/generated.js';
import { readKeyboard } from '../../src/music/midi/read.js';
import { verifyMidi } from '../../src/music/midi/verify.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { byOnset, type Note } from '../../src/music/note.js';
import { separateRepeats } from '../../src/music/edit/overlap.js';
import type { CompositionRequest, Opening } from '../../src/request/request.js';
import { onTicks, tickSpan } from '../../src/music/ticks.js';
import { anyOpening, anyPitch, anySeconds } from './requests.js';
import { goOnFrom } from './tasks.js';

const whole: Opening = {
  title: 'Whole',
  tempoBpm: 120,
  timeSignature: { numerator: 4, denominator: 4 },
  notes: [
    { pitch: 60, onsetSeconds: 0, durationSeconds: 4, velocity: 60 },
    { pitch: 64, onsetSeconds: 1, durationSeconds: 0.5, velocity: 60 },
  ],
};
const plain: CompositionRequest = {
  notes: 3,
  temperature: 1,
  tempo: 1,
  quantise: 'none',
  voices: 'poly',
  sampling: 'spread',
  seed: 1,
  model: 'lstm',
  task: goOnFrom(whole),
};

const anyGenerated = fc.array(
  fc.record({ pitch: anyPitch, stepSeconds: anySeconds, durationSeconds: anySeconds }),
  { minLength: 1, maxLength: 40 },
);

function goOn(generated: readonly GeneratedNote[], request: Partial<CompositionRequest> = {}): KeyboardPiece {
  return finishMusic({ ...plain, ...request }, whole, generated);
}

describe('a continuation', () => {
  it('is the whole piece followed by new notes', () => {
    const piece = goOn([
      { pitch: 67, stepSeconds: 0.5, durationSeconds: 0.25 },
      { pitch: 67, stepSeconds: 0.5, durationSeconds: 0 },
      { pitch: 72, stepSeconds: 0.5, durationSeconds: 0.5 },
    ]);
    expect(piece.notes.slice(0, 2)).toEqual(whole.notes.map((note) => ({ ...note, isGiven: true })));
    expect(piece.notes.slice(2).map(({ pitch, onsetSeconds }) => [pitch, onsetSeconds])).toEqual([
      [67, 1.5],
      [72, 2.5],
    ]);
    expect(piece.notes.filter(({ isGiven }) => isGiven === true)).toHaveLength(2);
    expect(piece).toMatchObject({ title: 'Whole', tempoBpm: 120 });
  });

  it('does not strike a key that the piece still holds', () => {
    const piece = goOn([
      { pitch: 60, stepSeconds: 1, durationSeconds: 0.5 },
      { pitch: 62, stepSeconds: 1, durationSeconds: 0.5 },
      { pitch: 60, stepSeconds: 1, durationSeconds: 0.5 },
    ]);
    expect(piece.notes.slice(2).map(({ pitch, onsetSeconds }) => [pitch, onsetSeconds])).toEqual([
      [62, 3],
      [60, 4],
    ]);
  });

  it('in one voice starts after the piece has ended', () => {
    const piece = goOn([{ pitch: 62, stepSeconds: 0.5, durationSeconds: 0.5 }], { voices: 'mono' });
    expect(piece.notes.at(-1)).toMatchObject({ pitch: 62, onsetSeconds: 4 });
  });

  it('is on the grid of the piece, after its last note', () => {
    const piece = goOn(
      [
        { pitch: 62, stepSeconds: 0.01, durationSeconds: 0.1 },
        { pitch: 65, stepSeconds: 0.52, durationSeconds: 0.1 },
      ],
      { quantise: 'seed' },
    );
    expect(piece.notes.slice(2).map(({ onsetSeconds }) => onsetSeconds)).toEqual([1.25, 1.75]);
  });

  it('never changes a note of the piece, not even by a tick, and is a valid file', () => {
    fc.assert(
      fc.property(
        anyOpening,
        anyGenerated,
        fc.constantFrom('none' as const, 'straight' as const),
        fc.constantFrom('poly' as const, 'mono' as const),
        (opening, generated, quantise, voices) => {
          const notes = onTicks(separateRepeats(opening.notes), opening.tempoBpm);
          const asked = { ...opening, notes };
          const request = { ...plain, quantise, voices, task: goOnFrom(asked) };
          const piece = finishPiece(request, asked, generated);
          const bytes = writeMidi(piece);
          verifyMidi(bytes, piece);
          const after = readKeyboard(bytes, limitless).notes.slice(0, notes.length);
          const spans = (list: readonly Note[]): unknown[] =>
            list.map((note) => [note.pitch, note.velocity, tickSpan(note, opening.tempoBpm)]);
          expect(spans(after)).toEqual(spans(notes.toSorted(byOnset)));
        },
      ),
    );
  });
});

const limitless = {
  maxBytes: Infinity,
  maxTracks: 2,
  maxNotes: Infinity,
  maxEvents: Infinity,
  maxSeconds: Infinity,
};
