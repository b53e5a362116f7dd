import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { finishPiece } from '../../src/compose/finish.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { byOnset } from '../../src/music/note.js';
import { givenCount, noteCount } from '../../src/music/piece.js';
import { prepareOpening } from '../../src/model/opening.js';
import { separateRepeats } from '../../src/music/edit/overlap.js';
import { formatRecord } from '../../src/request/record.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import type { CompositionRequest } from '../../src/request/request.js';
import { onTicks, statedTempo } from '../../src/music/ticks.js';
import { anyJob } from '../compose/requests.js';
import { goOnFrom, musicOf, startFrom } from '../compose/tasks.js';

const weights = 'lstm@1a2b3c4d';

/** The file of a composition. */
function fileOf(request: CompositionRequest, generated: Parameters<typeof finishPiece>[2]): Uint8Array {
  const piece = finishPiece(request, prepareOpening(request), generated);
  return writeMidi(piece, [formatRecord(request, piece, weights)]);
}

function onWholeTicks(request: CompositionRequest): CompositionRequest {
  const opening = musicOf(request.task);
  return { ...request, task: startFrom({ ...opening, notes: onTicks(opening.notes, opening.tempoBpm) }) };
}

describe('the record in a MIDI file', () => {
  it('round-trips every request exactly', () => {
    fc.assert(
      fc.property(anyJob, ({ request, generated }) => {
        const asked = onWholeTicks(request);
        const recorded = readRecorded(fileOf(asked, generated));
        expect(recorded.request).toEqual(asked);
        expect(recorded.weights).toBe(weights);
      }),
    );
  });

  it('holds the longest possible opening', () => {
    const [job] = fc.sample(anyJob, 1);
    const { request, generated } = job!;
    const notes = Array.from({ length: 512 }, (_, i) => ({
      ...{ pitch: 100 + (i % 20), onsetSeconds: i * 1.9, durationSeconds: 1.123, velocity: 100 },
    }));
    const { task } = request;
    const asked = onWholeTicks({ ...request, task: startFrom({ ...musicOf(task), notes }) });
    expect(readRecorded(fileOf(asked, generated)).request).toEqual(asked);
  });

  it('round-trips the piece as in its file', () => {
    fc.assert(
      fc.property(anyJob, ({ request, generated }) => {
        const bytes = fileOf(onWholeTicks(request), generated);
        const { piece, request: asked } = readRecorded(bytes);
        const rewritten = writeMidi(piece, [formatRecord(asked, piece, weights)]);
        expect(rewritten).toEqual(bytes);
        expect(givenCount(piece)).toBeLessThanOrEqual(noteCount(piece));
      }),
    );
  });

  it('says which notes were given, wherever they are', () => {
    const [job] = fc.sample(anyJob, 1);
    const { request, generated } = job!;
    const whole = finishPiece(request, prepareOpening(request), generated);
    const [track] = whole.tracks;
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (marks) => {
        const notes = marks.map((given, i) => ({
          ...{ pitch: 60 + (i % 5), startTick: 480 * i, lengthTicks: 240, velocity: 64 },
          ...(given && { given }),
        }));
        const piece = { ...whole, tracks: [{ ...track!, notes }] };
        const found = readRecorded(writeMidi(piece, [formatRecord(request, piece, weights)])).piece;
        expect(found.tracks[0]!.notes).toEqual(notes);
      }),
    );
  });

  it('reads the notes of a continued piece from the file itself', () => {
    fc.assert(
      fc.property(anyJob, ({ request, generated }) => {
        const opening = musicOf(request.task);
        const tempoBpm = statedTempo(opening.tempoBpm);
        const notes = onTicks(separateRepeats(opening.notes), tempoBpm);
        const asked: CompositionRequest = {
          ...request,
          tempo: 1,
          task: goOnFrom({ ...opening, tempoBpm, notes }),
        };
        const { request: found } = readRecorded(fileOf(asked, generated));
        expect(found).toEqual({
          ...asked,
          task: goOnFrom({ ...opening, tempoBpm, notes: notes.toSorted(byOnset) }),
        });
      }),
    );
  });

  it('has a field for everything in a request, or says so', () => {
    const [job] = fc.sample(anyJob, 1);
    const request = job!.request;
    const piece = finishPiece(request, prepareOpening(request), job!.generated);
    const later = { ...request, something: 1 };
    expect(() => formatRecord(later, piece, weights)).toThrow(ZodError);
    const task = { ...startFrom(musicOf(request.task)), something: 1 };
    expect(() => formatRecord({ ...request, task }, piece, weights)).toThrow(ZodError);
    // Of no use to anyone else with the file.
    const elsewhere = { ...request, server: '17', fallbacks: ['lstm'] };
    expect(formatRecord(elsewhere, piece, weights)).toBe(formatRecord(request, piece, weights));
  });

  it('is distinguished from other texts, and from unknown versions', () => {
    const [job] = fc.sample(anyJob, 1);
    const { request, generated } = job!;
    const piece = finishPiece(request, prepareOpening(request), generated);
    const record = formatRecord(request, piece, weights);
    expect(readRecorded(writeMidi(piece, ['Hello', record])).weights).toBe(weights);
    for (const texts of [[], ['Hello'], ['musical-ai {'], [record.replace('"version":2', '"version":3')]]) {
      expect(() => readRecorded(writeMidi(piece, texts))).toThrow('record.unknown');
    }
  });
});
