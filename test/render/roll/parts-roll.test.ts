import { describe, expect, it } from 'vitest';
import { languageCodes, languages } from '../../../src/i18n/languages.js';
import { rollWordsIn } from '../../../src/i18n/picture.js';
import { soundIn } from '../../../src/i18n/sound.js';
import type { Piece } from '../../../src/music/piece.js';
import { drumsColour, palette, partColours } from '../../../src/render/palette.js';
import { drawPartsRoll } from '../../../src/render/roll/parts-roll.js';
import { band } from '../audio/band-fixture.js';
import { alike, Picture } from '../picture.js';

function draw(piece: Piece, code: (typeof languageCodes)[number] = 'en'): Picture {
  const words = rollWordsIn(languages[code]);
  return new Picture(drawPartsRoll(piece, { model: 'song@1a2b3c4d', seed: 42, words }));
}

/** Number of pixels in an area with approximately this colour. */
function count(picture: Picture, colour: string, [top, bottom]: readonly [number, number]): number {
  let found = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = 121; x < 927; x++) if (alike(picture.colour(x, y), colour)) found++;
  }
  return found;
}

const song = band(8);
/** One row: the legend, sections and chords, the plot, the lane of drums. */
const plot = [240, 560] as const;
const lane = [572, 660] as const;

describe('drawPartsRoll', () => {
  const picture = draw(song);

  it('is a panel as wide as that of a piano', () => {
    expect(picture.width).toBe(960);
    expect(picture.opacity(1, 1)).toBe(0);
    expect(picture.colour(16, 300)).toBe(palette.panel);
  });

  it('names every part in the legend, in its colour', () => {
    for (const colour of [...partColours.slice(0, 4), drumsColour]) {
      let found = 0;
      for (let x = 32; x < 900; x++)
        for (let y = 124; y < 146; y++) if (alike(picture.colour(x, y), colour)) found++;
      expect(found).toBeGreaterThan(20);
    }
  });

  it('draws drums in their lane, and the others above it', () => {
    expect(count(picture, drumsColour, lane)).toBeGreaterThan(500);
    expect(count(picture, partColours[0], lane)).toBe(0);
    // Hollow notes have little of their colour left after antialiasing.
    expect(count(picture, partColours[1], plot)).toBe(0);
    expect(picture.lightPixels(121, plot[0], 927, plot[1])).toBeGreaterThan(3000);
  });

  it('draws no notes of a muted part, and dims its name', () => {
    const tracks = song.tracks.map((track, i) => (i === 4 || i === 0 ? { ...track, volume: 0 } : track));
    const muted = draw({ ...song, tracks });
    expect(count(muted, drumsColour, lane)).toBeLessThan(50);
    expect(muted.lightPixels(32, 124, 130, 150)).toBeLessThan(picture.lightPixels(32, 124, 130, 150) / 2);
  });

  it('writes sections and chords along the top', () => {
    const { chords: _chords, sections: _sections, ...bare } = song;
    expect(draw(bare).height).toBe(picture.height - 56);
    expect(picture.lightPixels(120, 160, 927, 188)).toBeGreaterThan(300);
    expect(picture.lightPixels(120, 190, 927, 216)).toBeGreaterThan(300);
  });

  it.each(languageCodes)('is drawn, and told, in the language %s', (code) => {
    expect(draw(song, code).width).toBe(960);
    const told = soundIn(languages[code], song);
    for (const name of [0, 33, 48, 73, 'drums'] as const)
      expect(told).toContain(languages[code].instruments[name]);
  });

  it('only lists audible parts, and keeps names from the file', () => {
    const tracks = song.tracks.map((track, i) =>
      i === 0
        ? { ...track, name: 'Flute II' }
        : i === 1
          ? { ...track, name: 'Hans' }
          : { ...track, volume: 0 },
    );
    expect(soundIn(languages.de, { ...song, tracks })).toMatch(/, gespielt von Flöte II und Hans$/);
  });
});
