/**
 * Normalises a name as people type it, without case and accents, and with hyphens for spaces: `Für Elise`
 * becomes `fur-elise`. Marks that distinguish letters in Japanese and Russian are kept.
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
