/** The styles of songs: each is a file of the book of patterns. */
export const styleNames = [
  'pop',
  'rock',
  'ballad',
  'folk',
  'waltz',
  'march',
  'lullaby',
  'chamber',
  'chorale',
  'bossa',
  'swing',
  'blues',
  'funk',
  'disco',
  'reggae',
  'tango',
  'lofi',
  'ambient',
  '8-bit',
] as const;
export type StyleName = (typeof styleNames)[number];

/** The English name of a style. */
export function styleTitle(style: string): string {
  const title = style.replaceAll('-', ' ');
  return /^\d/.test(style) ? style : title.charAt(0).toUpperCase() + title.slice(1);
}
