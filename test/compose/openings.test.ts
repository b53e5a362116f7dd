import { describe, expect, it } from 'vitest';
import { separateRepeats } from '../../src/music/edit/overlap.js';
import { quantise } from '../../src/music/edit/quantise.js';
import { scalePitchClasses } from '../../src/music/theory/scale.js';
import { chooseOpening, loadOpenings } from '../../src/compose/openings.js';

const openings = await loadOpenings();

describe('the built-in openings', () => {
  it('are there', () => {
    expect([...openings.keys()]).toEqual([
      'bach-cello-suite',
      'bach-prelude',
      'beethoven-elise',
      'beethoven-moonlight',
      'chopin-prelude',
      'mozart-andante',
      'mozart-sonata-facile',
      'petzold-minuet',
      'satie-gymnopedie',
      'schumann-traumerei',
    ]);
  });

  it.each([...openings])('%s is music that can be played and put on a grid', (name, opening) => {
    const { notes, tempoBpm, key } = opening;
    expect(notes.length).toBeGreaterThanOrEqual(28);
    expect(notes[0]?.onsetSeconds).toBe(0);
    expect(tempoBpm).toBe(120);

    // Written without overlaps: a repeated note ends where it is struck again (up to 0.1 ms,
    // because thirds of a beat are written with four decimals).
    separateRepeats(notes).forEach((separated, i) => {
      expect(separated.durationSeconds).toBeCloseTo(notes[i]!.durationSeconds, 4);
    });

    const grid = name === 'beethoven-moonlight' ? 'triplet' : 'straight';
    quantise(notes, grid, tempoBpm).forEach((quantised, i) => {
      expect(quantised.onsetSeconds).toBeCloseTo(notes[i]!.onsetSeconds, 4);
    });

    const inScale = scalePitchClasses(key!);
    const inside = notes.filter((note) => inScale[note.pitch % 12]).length;
    expect(inside / notes.length).toBeGreaterThan(0.85);
  });
});

describe('chooseOpening', () => {
  it('goes by name, in any case', () => {
    expect(chooseOpening(openings, 0, ' Bach-Prelude ')).toBe(openings.get('bach-prelude'));
  });

  it('goes by the seed without a name, and every opening has its seeds', () => {
    const chosen = Array.from({ length: openings.size }, (_, seed) => chooseOpening(openings, seed));
    expect(new Set(chosen)).toEqual(new Set(openings.values()));
    expect(openings.get('bach-cello-suite')).toBe(chooseOpening(openings, 4_294_967_290));
  });

  it('lists the names when there is none such', () => {
    expect(() => chooseOpening(openings, 0, 'brahms')).toThrow(
      expect.objectContaining({
        name: 'UserError',
        code: 'options.opening',
        details: expect.objectContaining({ choices: [...openings.keys()], given: 'brahms' }) as object,
      }),
    );
  });
});
