/**
 * A name as people type it who mind neither case nor accents, with dashes for spaces: `Für Elise` is `fur-elise`. Marks
 * that make another letter in Japanese and Russian stay.
 */
export function plainName(written: string): string {
  return written
    .normalize('NFKD')
    .replace(/(?<!и)(?![\u3099\u309a])\p{Mark}/giu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .trim()
    .replace(/[\s_]+/gu, '-');
}
