import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { givenCount, noteCount } from '../../src/music/piece.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import { musicOf } from '../compose/tasks.js';

const folder = new URL('version-1/', import.meta.url);

/** Files with records of the first version; the buttons of their messages still have to work. */
describe('a file of version 1', () => {
  it.each(readdirSync(folder).toSorted())('is read: %s', (name) => {
    const { request, piece, weights, rules } = readRecorded(readFileSync(new URL(name, folder)));
    const { task, ...settings } = request;
    const { notes, ...heading } = musicOf(task);
    const how = task.kind === 'start' ? { chosenBy: task.chosenBy } : {};
    expect({
      settings,
      task: { kind: task.kind, ...how, ...heading, notes: notes.length },
      notes: noteCount(piece),
      given: givenCount(piece),
      weights,
      rules,
    }).toMatchSnapshot();
  });
});
