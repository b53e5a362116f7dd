import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { renderPng } from '../../src/render/raster.js';
import { element, escapeXml, text } from '../../src/render/svg.js';
import { alike, Picture } from './picture.js';

describe('SVG', () => {
  it('escapes XML’s special characters, and drops forbidden ones', () => {
    expect(escapeXml(`<b a="1" c='2'>&`)).toBe('&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;');
    expect(escapeXml('a\u0000b\u001bc\ud800d\uffffe 🎹é')).toBe('abcde 🎹é');
  });

  it('leaves out attributes that are undefined and rounds numbers', () => {
    expect(element('rect', { x: 1.23456, y: undefined, fill: '"' })).toBe('<rect x="1.23" fill="&#34;"/>');
  });

  it('draws whatever a title can hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (title) => {
        const svg = element(
          'svg',
          { xmlns: 'http://www.w3.org/2000/svg', width: 8, height: 8 },
          element('rect', { width: 8, height: 8 }),
          text(title, { x: 0, y: 8, 'font-family': title }),
        );
        expect(new Picture(renderPng(svg)).width).toBe(8);
      }),
      { numRuns: 40 },
    );
  });

  it('has letters without system fonts, regular and bold', () => {
    const [regular, bold] = ['normal', 'bold'].map((weight) => {
      const svg = element(
        'svg',
        { xmlns: 'http://www.w3.org/2000/svg', width: 200, height: 40, 'font-family': 'DejaVu Sans' },
        text('Hand ♯♭♩', { x: 4, y: 30, 'font-size': 30, 'font-weight': weight, fill: '#fff' }),
      );
      return new Picture(renderPng(svg)).lightPixels(0, 0, 200, 40);
    });
    expect(regular).toBeGreaterThan(1000);
    expect(bold).toBeGreaterThan(1.2 * regular!);
  });

  it('draws a shape or a text wherever it is in a tall picture', () => {
    const svg = (top: number): string =>
      element(
        'svg',
        { xmlns: 'http://www.w3.org/2000/svg', width: 80, height: 1000, 'font-family': 'DejaVu Sans' },
        element('rect', { width: 80, height: 1000, rx: 20, fill: '#102030' }),
        element(
          'g',
          { 'fill-opacity': 0.5 },
          element('rect', { x: 20, y: top, width: 9, height: 9, rx: 3, fill: '#f0e0d0' }),
        ),
        text('Hand', { x: 4, y: top + 44, 'font-size': 24, fill: '#fff' }),
      );
    const light: number[] = [];
    // The second text is drawn in two strips.
    for (const top of [20, 90, 900]) {
      const picture = new Picture(renderPng(svg(top)));
      expect(picture.height).toBe(1000);
      expect(alike(picture.colour(24, top + 4), '#808080')).toBe(true);
      expect(picture.lightPixels(0, 0, 80, top + 10)).toBe(0);
      light.push(picture.lightPixels(0, top + 20, 80, top + 50));
    }
    expect(light[0]).toBeGreaterThan(500);
    for (const each of light) expect(Math.abs(each - light[0]!)).toBeLessThan(0.03 * light[0]!);
  });

  it('keeps the colour of translucent shapes', () => {
    const svg = element(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', width: 4, height: 4 },
      element('rect', { width: 4, height: 4, fill: '#ff8000', 'fill-opacity': 0.5 }),
    );
    const { data } = PNG.sync.read(Buffer.from(renderPng(svg)));
    const [red, green, blue, opacity] = data;
    expect([red! > 250, green! > 120 && green! < 136, blue]).toEqual([true, true, 0]);
    expect(opacity).toBeGreaterThan(120);
    expect(opacity).toBeLessThan(136);
  });
});
