/** Colours of all pictures: they have their own dark background, so that they look the same on any page. */
export const palette = {
  panel: '#12141f',
  panelEdge: '#363b57',
  plot: '#1b1f30',
  blackKeyRow: '#141724',
  grid: '#2b3048',
  octave: '#3f4666',
  given: '#262d4c',
  whiteKey: '#b9bfd6',
  blackKey: '#1b1e2d',
  text: '#f4f5fb',
  quietText: '#b4bad3',
} as const;

/**
 * Colours of parts, after Okabe and Ito ("Color Universal Design", 2008), lighter for the dark background:
 * distinguishable with red-green or blue-yellow colour blindness.
 */
export const partColours = [
  '#ffb000',
  '#5fc3f5',
  '#ff7d4d',
  '#2fd1a0',
  '#f4a6d0',
  '#f5ec5a',
  '#8f9bff',
] as const;

/** Colour of drums, of which a piece has at most one part. */
export const drumsColour = '#dfe3f2';

/**
 * From soft to loud. Lightness increases monotonically, so that the order is visible without colour vision;
 * hues go from blue through pink to yellow, without pairs of red and green.
 */
export const velocityStops = ['#5262d4', '#9a6ae0', '#de6aa8', '#ff9a6e', '#ffe588'] as const;

/** Colour of a velocity from 1 to 127, as #rrggbb. */
export function velocityColour(velocity: number): string {
  const position = (Math.min(127, Math.max(1, velocity)) - 1) / 126;
  const place = position * (velocityStops.length - 1);
  const first = Math.min(velocityStops.length - 2, Math.floor(place));
  let colour = '#';
  for (const at of [1, 3, 5]) {
    const from = channel(velocityStops[first]!, at);
    const to = channel(velocityStops[first + 1]!, at);
    colour += Math.round(from + (to - from) * (place - first))
      .toString(16)
      .padStart(2, '0');
  }
  return colour;
}

/** Red, green or blue, whose digits begin at 1, 3 or 5: 0 to 255. */
function channel(colour: string, at: number): number {
  return parseInt(colour.slice(at, at + 2), 16);
}
