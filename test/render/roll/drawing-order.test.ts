import { expect, it } from 'vitest';
import { english } from '../../../src/i18n/en/english.js';
import { rollWordsIn } from '../../../src/i18n/picture.js';
import { velocityColour } from '../../../src/render/palette.js';
import { drawPianoRoll } from '../../../src/render/roll/piano-roll.js';
import { alike, Picture } from '../picture.js';
import { note, pieceOf } from '../piece-fixture.js';

it.each([
  ['given', 1],
  ['new', 0],
])('draws loud notes over soft ones, whatever their order and track: %s', (_, givenNotes) => {
  const [loud, soft] = [110, 20].map((velocity) => pieceOf([note(60, 0, 2, velocity)], { givenNotes }));
  const tracks = [...loud!.tracks, ...soft!.tracks];
  const caption = { model: 'lstm@1a2b3c4d', seed: 42, words: rollWordsIn(english) };
  const picture = new Picture(drawPianoRoll({ ...loud!, tracks }, caption));
  // A column through both, in the middle of the plot: given notes only have their colour at the edge.
  const column = Array.from({ length: 30 }, (__, i) => picture.colour(500, 310 + i));
  expect(column.some((colour) => alike(colour, velocityColour(110)))).toBe(true);
  expect(column.some((colour) => alike(colour, velocityColour(20)))).toBe(false);
});
