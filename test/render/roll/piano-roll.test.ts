import { describe, expect, it } from 'vitest';
import type { Piece } from '../../../src/music/piece.js';
import { languageCodes, languages } from '../../../src/i18n/languages.js';
import { rollWordsIn } from '../../../src/i18n/picture.js';
import { palette, velocityColour } from '../../../src/render/palette.js';
import { drawPianoRoll, type RollCaption } from '../../../src/render/roll/piano-roll.js';
import { wandering } from '../audio/midi-fixture.js';
import { alike, Picture } from '../picture.js';
import { note, pieceOf } from '../piece-fixture.js';

const caption: RollCaption = { model: 'lstm@1a2b3c4d', seed: 42, words: rollWordsIn(languages.en) };

/** Left, top, right and bottom. */
type Box = readonly [number, number, number, number];

function draw(piece: Piece, with_ = caption): Picture {
  return new Picture(drawPianoRoll(piece, with_));
}

/** Two given and two new notes, each half of a second in two seconds, all of one pitch. */
const four = [note(60, 0, 0.5, 20), note(60, 0.5, 0.5, 110), note(60, 1, 0.5, 20), note(60, 1.5, 0.5, 110)];
const fourNotes = pieceOf(four, { givenNotes: 2 });
/** The plot of a single row: 120 to 928 across, for 1 % more than the two seconds; C4 in the middle of 25 pitches. */
const across = (seconds: number): number => 120 + (seconds / 2.02) * 808;
const middle = 152 + 346 / 2;

describe('drawPianoRoll', () => {
  it('is a panel of 1920 × 1200 with rounded corners', () => {
    const picture = draw(fourNotes);
    expect([picture.width, picture.height]).toEqual([960, 600]);
    for (const [x, y] of [
      [1, 1],
      [958, 1],
      [1, 598],
      [958, 598],
    ] as const) {
      expect(picture.opacity(x, y)).toBe(0);
    }
    expect(picture.opacity(16, 300)).toBe(255);
    expect(picture.colour(16, 300)).toBe(palette.panel);
  });

  it('shows new notes solid, in the colour of their velocity', () => {
    const picture = draw(fourNotes);
    expect(picture.colour(across(1.25), middle)).toBe(velocityColour(20));
    expect(picture.colour(across(1.75), middle)).toBe(velocityColour(110));
  });

  it('shows given notes as outlines, on their own background', () => {
    const picture = draw(fourNotes);
    expect(picture.colour(across(0.25), middle)).toBe(palette.plot);
    expect(picture.colour(across(0.75), middle)).toBe(palette.plot);
    const column = (seconds: number): string[] =>
      Array.from({ length: 30 }, (_, i) => picture.colour(across(seconds), middle - 15 + i));
    expect(column(0.25).some((colour) => alike(colour, velocityColour(20)))).toBe(true);
    expect(column(0.75).some((colour) => alike(colour, velocityColour(110)))).toBe(true);
    expect(picture.colour(across(0.3), 160)).toBe(palette.given);
    expect(picture.colour(across(1.3), 160)).not.toBe(palette.given);
    // The legend is above the plot.
    expect(picture.lightPixels(120, 125, 240, 148)).toBeGreaterThan(300);
  });

  it('has no background or legend for given notes if there are none', () => {
    const picture = draw(pieceOf(four));
    expect(picture.colour(across(0.25), middle)).toBe(velocityColour(20));
    expect(picture.colour(across(0.3), 160)).not.toBe(palette.given);
    expect(picture.lightPixels(120, 125, 928, 148)).toBe(0);
  });

  it('places notes by pitch and time', () => {
    const picture = draw(pieceOf([note(60, 0, 0.5), note(72, 1, 0.5), note(48, 1.5, 0.5)]));
    const semitone = 346 / 29;
    const y = (pitch: number): number => 152 + (74 - pitch + 0.5) * semitone;
    const colour = velocityColour(80);
    expect(picture.colour(across(0.25), y(60))).toBe(colour);
    expect(picture.colour(across(1.25), y(72))).toBe(colour);
    expect(picture.colour(across(1.75), y(48))).toBe(colour);
    expect(picture.colour(across(0.75), y(60))).not.toBe(colour);
    expect(picture.colour(across(0.25), y(72))).not.toBe(colour);
  });

  it('has the title, the facts, the model and the seed as text', () => {
    const picture = draw(fourNotes);
    const title: Box = [32, 30, 900, 72];
    const facts: Box = [32, 78, 900, 110];
    const source: Box = [32, 550, 600, 585];
    for (const place of [title, facts, source]) expect(picture.lightPixels(...place)).toBeGreaterThan(800);

    const other = draw(
      { ...fourNotes, title: 'Another', keys: [{ tick: 0, key: { tonic: 'F#', scale: 'dorian' } }] },
      { ...caption, seed: 43 },
    );
    for (const place of [title, facts, source]) expect(other.cut(...place)).not.toBe(picture.cut(...place));
  });

  it('says that it starts from a MIDI file if no font has the letters of its title', () => {
    const title = (of: string): string => draw({ ...fourNotes, title: of }).cut(32, 30, 900, 72);
    const untitled = title('From a MIDI file');
    for (const unwritten of ['', '아리랑', '🎵🎹']) expect(title(unwritten)).toBe(untitled);
    expect(title('夜 🎵')).toBe(title('夜'));
  });

  it('labels octaves and seconds, and numbers bars only on a grid', () => {
    const free = draw(fourNotes);
    expect(free.lightPixels(50, 152, 92, 498)).toBeGreaterThan(200);
    expect(free.lightPixels(120, 500, 928, 534)).toBeGreaterThan(400);
    const bars = draw(pieceOf(four, { givenNotes: 2, hasBars: true, tempoBpm: 240 }));
    expect(bars.lightPixels(122, 154, 180, 172)).toBeGreaterThan(20);
    expect(free.lightPixels(122, 154, 180, 172)).toBe(0);
  });

  it('leaves out drums, which have no pitch', () => {
    const [melody] = fourNotes.tracks;
    const drums = { ...melody!, isDrums: true, notes: melody!.notes.map((hit) => ({ ...hit, pitch: 36 })) };
    const place: Box = [32, 120, 928, 540];
    expect(draw({ ...fourNotes, tracks: [drums, melody!] }).cut(...place)).toBe(
      draw(fourNotes).cut(...place),
    );
  });

  it('draws a note at the time that its tempo gives', () => {
    // Half of the piece is at half the tempo: 480 ticks last half a second, then a second.
    const slowing = {
      ...pieceOf([note(60, 0, 0.5), note(60, 1, 0.5)]),
      tempos: [
        { tick: 0, microsecondsPerQuarter: 500_000 },
        { tick: 960, microsecondsPerQuarter: 1_000_000 },
      ],
    };
    const picture = draw(slowing);
    expect(picture.colour(across(0.25), middle)).toBe(velocityColour(80));
    expect(picture.colour(across(0.75), middle)).not.toBe(velocityColour(80));
    expect(picture.colour(across(1.25), middle)).toBe(velocityColour(80));
    expect(picture.colour(across(1.75), middle)).toBe(velocityColour(80));
  });

  it('shows a tempo only if there are bars', () => {
    const facts: Box = [32, 78, 900, 110];
    const at = (tempoBpm: number, hasBars: boolean): string =>
      draw(pieceOf([note(60, 0, 1)], { tempoBpm, hasBars })).cut(...facts);
    expect(at(120, true)).not.toBe(at(130, true));
    expect(at(120, false)).toBe(at(130, false));
  });

  it('draws bar lines where the bars are', () => {
    // 3/4 at 180 bpm: one bar per second. Three bars fill the row exactly.
    const piece = pieceOf([note(60, 0, 3)], {
      hasBars: true,
      tempoBpm: 180,
      timeSignature: { numerator: 3, denominator: 4 },
    });
    const picture = draw(piece);
    const barLine = (bar: number): string => picture.colour(120 + (bar * 808) / 3, 480);
    expect(alike(barLine(1), palette.octave)).toBe(true);
    expect(alike(barLine(2), palette.octave)).toBe(true);
    expect(alike(barLine(1.5), palette.octave)).toBe(false);
  });

  it('uses up to three rows, and stays small enough to send', () => {
    const heights = [
      [100, 20],
      [325, 90],
      [2000, 250],
      [2000, 1800],
    ].map(([count, seconds]) => {
      const png = drawPianoRoll(pieceOf(wandering(count!, seconds!), { givenNotes: 25 }), caption);
      expect(png.length).toBeLessThan(600_000);
      return new Picture(png).height;
    });
    expect(heights).toEqual([600, 752, 902, 902]);
  });

  it('draws a note that crosses rows in both', () => {
    const notes = [...wandering(300, 100), note(30, 48, 5)].sort((a, b) => a.onsetSeconds - b.onsetSeconds);
    const picture = draw(pieceOf(notes));
    const rows = [152 + 225 - 2.5 * 3.5, 152 + 225 + 48 + 225 - 2.5 * 3.5];
    const colour = velocityColour(80);
    const has = (x: number, y: number): boolean =>
      [-6, -4, -2, 0, 2, 4, 6].some((dy) => alike(picture.colour(x, y + dy), colour));
    expect(picture.height).toBe(752);
    expect(has(925, rows[0]!)).toBe(true);
    expect(has(123, rows[1]!)).toBe(true);
  });

  it.each<[string, Piece]>([
    ['no notes', pieceOf([])],
    ['one note', pieceOf([note(60, 0, 0.01)])],
    ['the lowest and the highest pitch', pieceOf([note(0, 0, 1, 1), note(127, 1, 1, 127)])],
    ['only given notes', pieceOf(four, { givenNotes: 4 })],
    ['a title that is markup', { ...fourNotes, title: '</text><script>"&\u0000\ud800' }],
    ['a very long title', { ...fourNotes, title: 'Variations '.repeat(200) }],
    ['half an hour at a tenth of the tempo', pieceOf([note(60, 0, 1800)], { hasBars: true, tempoBpm: 12 })],
  ])('draws %s', (_, piece) => {
    const picture = draw(piece);
    expect(picture.width).toBe(960);
    expect(picture.height).toBe(600);
    // Nothing extends into the right margin of the panel.
    expect(picture.lightPixels(945, 30, 955, 570)).toBe(0);
  });

  it.each(languageCodes.filter((code) => code !== 'en'))('is written in the language %s', (code) => {
    const piece: Piece = { ...fourNotes, keys: [{ tick: 0, key: { tonic: 'Eb', scale: 'harmonic-minor' } }] };
    const picture = draw(piece, { ...caption, words: rollWordsIn(languages[code]) });
    const english = draw(piece);
    const facts: Box = [32, 78, 900, 110];
    const legend: Box = [120, 125, 928, 148];
    const source: Box = [32, 550, 400, 585];
    const loudness: Box = [500, 550, 928, 585];
    for (const place of [facts, legend, source, loudness]) {
      expect(picture.lightPixels(...place)).toBeGreaterThan(300);
      expect(picture.cut(...place)).not.toBe(english.cut(...place));
    }
    expect(picture.lightPixels(945, 30, 955, 570)).toBe(0);
  });

  it('writes Japanese, whatever fonts are installed', () => {
    // A font without these characters would draw the same box for each.
    const titles = ['月', '光', 'の', 'ピ', '？'].map((title) =>
      draw({ ...fourNotes, title }).cut(32, 30, 80, 72),
    );
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('has room for long model names next to the legend', () => {
    const picture = draw(fourNotes, {
      ...caption,
      model: 'a-model-with-quite-a-long-name@1a2b3c4d',
      seed: 4_294_967_295,
    });
    expect(picture.lightPixels(600, 545, 626, 590)).toBe(0);
  });
});
