import { describe, expect, it } from 'vitest';
import { palette, velocityColour } from '../../src/render/palette.js';

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

describe('the palette', () => {
  it('gets lighter with every velocity, so that nobody needs to distinguish hues', () => {
    const lights = Array.from({ length: 127 }, (_, i) => luminance(velocityColour(i + 1)));
    for (let i = 1; i < lights.length; i++) expect(lights[i]).toBeGreaterThan(lights[i - 1]!);
    expect(contrast(velocityColour(1), velocityColour(127))).toBeGreaterThan(2.5);
  });

  it('has a contrast of 3:1 for every note (WCAG 1.4.11) and 7:1 for text (1.4.6)', () => {
    for (let velocity = 1; velocity <= 127; velocity++) {
      for (const ground of [palette.plot, palette.blackKeyRow]) {
        expect(contrast(velocityColour(velocity), ground)).toBeGreaterThan(3);
      }
    }
    expect(contrast(palette.text, palette.panel)).toBeGreaterThan(7);
    expect(contrast(palette.quietText, palette.panel)).toBeGreaterThan(7);
  });

  it('clamps values outside its range', () => {
    expect(velocityColour(0)).toBe(velocityColour(1));
    expect(velocityColour(200)).toBe(velocityColour(127));
  });
});
