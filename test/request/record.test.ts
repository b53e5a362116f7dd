import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishPiece } from '../../src/compose/finish.js';
import { uploadLimits } from '../../src/music/midi/limits.js';
import { readMidi } from '../../src/music/midi/read.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { byOnset } from '../../src/music/note.js';
import { prepareOpening } from '../../src/model/opening.js';
import { separateRepeats } from '../../src/music/edit/overlap.js';
import { formatRecord, readRecorded } from '../../src/request/record.js';
import type { CompositionRequest } from '../../src/request/request.js';
import { onTicks, statedTempo } from '../../src/music/ticks.js';
import { anyJob } from '../compose/requests.js';

const limits = { ...uploadLimits, maxSeconds: Infinity };
const weights = 'lstm@1a2b3c4d';

/** As it comes out of the studio. */
function fileOf(request: CompositionRequest, generated: Parameters<typeof finishPiece>[2]): Uint8Array {
  const piece = finishPiece(request, prepareOpening(request.opening, request), generated);
  return writeMidi(piece, [formatRecord(request, piece.givenNotes, weights)]);
}

function onWholeTicks(request: CompositionRequest): CompositionRequest {
  const { opening } = request;
  return { ...request, opening: { ...opening, notes: onTicks(opening.notes, opening.tempoBpm) } };
}

describe('the record in a MIDI file', () => {
  it('gives back every request, exactly', () => {
    fc.assert(
      fc.property(anyJob, ({ request, generated }) => {
        const asked = onWholeTicks(request);
        const recorded = readRecorded(fileOf(asked, generated));
        expect(recorded.request).toEqual(asked);
        expect(recorded.weights).toBe(weights);
      }),
    );
  });

  it('gives back the piece, as its file has it', () => {
    fc.assert(
      fc.property(anyJob, ({ request, generated }) => {
        const bytes = fileOf(onWholeTicks(request), generated);
        const { piece, request: asked } = readRecorded(bytes);
        const rewritten = writeMidi(piece, [formatRecord(asked, piece.givenNotes, weights)]);
        // Read, since the order of notes struck at once is lost.
        expect(readMidi(rewritten, limits)).toEqual(readMidi(bytes, limits));
        expect(piece.givenNotes).toBeLessThanOrEqual(piece.notes.length);
      }),
    );
  });

  it('takes the notes of a piece that was continued from the file itself', () => {
    fc.assert(
      fc.property(anyJob, ({ request, generated }) => {
        const tempoBpm = statedTempo(request.opening.tempoBpm);
        const notes = onTicks(separateRepeats(request.opening.notes), tempoBpm);
        const asked: CompositionRequest = {
          ...request,
          tempo: 1,
          continues: true,
          opening: { ...request.opening, tempoBpm, notes },
        };
        const { request: found } = readRecorded(fileOf(asked, generated));
        expect(found).toEqual({ ...asked, opening: { ...asked.opening, notes: notes.toSorted(byOnset) } });
      }),
    );
  });

  it('is told from other texts, and an unknown version from this one', () => {
    const [job] = fc.sample(anyJob, 1);
    const { request, generated } = job!;
    const piece = finishPiece(request, prepareOpening(request.opening, request), generated);
    const record = formatRecord(request, piece.givenNotes, weights);
    expect(readRecorded(writeMidi(piece, ['Hello', record])).weights).toBe(weights);
    for (const texts of [[], ['Hello'], ['musical-ai {'], [record.replace('"version":1', '"version":2')]]) {
      expect(() => readRecorded(writeMidi(piece, texts))).toThrow('record.unknown');
    }
  });
});
