import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRecorded } from '../../src/request/record.js';

const folder = new URL('version-1/', import.meta.url);

/** Files as the first version of the record wrote them, whose messages keep their buttons. */
describe('a file of version 1', () => {
  it.each(readdirSync(folder))('is read: %s', (name) => {
    const { request, piece, weights } = readRecorded(readFileSync(new URL(name, folder)));
    expect({
      request: { ...request, opening: { ...request.opening, notes: request.opening.notes.length } },
      notes: piece.notes.length,
      given: piece.givenNotes,
      weights,
    }).toMatchSnapshot();
  });
});
