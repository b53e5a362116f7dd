/** The styles that songs can have: each is a file of the book of patterns. */
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

/** What a piece of a style is called in English. */
export function styleTitle(style: string): string {
  const title = style.replaceAll('-', ' ');
  return /^\d/.test(style) ? style : title.charAt(0).toUpperCase() + title.slice(1);
}
