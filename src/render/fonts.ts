import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A built-in font; its first file is the regular one, which determines the supported characters. */
export interface Font {
  readonly family: string;
  readonly files: readonly [regular: string, bold: string];
}

const { resolve } = createRequire(import.meta.url);

export const latinFont: Font = {
  family: 'DejaVu Sans',
  files: [
    resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  ],
};

export const japaneseFont: Font = {
  family: 'BIZ UDPGothic',
  files: [
    resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
    resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
  ],
};

const charactersOf = new Map<Font, ReadonlySet<number>>();

/** Whether a font has a glyph for a character. */
export function has(font: Font, character: string): boolean {
  let characters = charactersOf.get(font);
  if (characters === undefined) {
    characters = readCharacters(readFileSync(font.files[0]));
    charactersOf.set(font, characters);
  }
  return characters.has(character.codePointAt(0)!);
}

/**
 * Removes symbols that neither font has, such as most emoji. Empty if a letter or digit is missing, since the
 * rest would be a different word.
 */
export function drawable(content: string): string {
  let drawn = '';
  for (const character of content.normalize('NFC')) {
    if (has(latinFont, character) || has(japaneseFont, character)) drawn += character;
    else if (/[\p{L}\p{N}]/u.test(character)) return '';
  }
  return drawn.replace(/\s+/g, ' ').trim();
}

/**
 * The code points in the `cmap` table of a TrueType font, from its complete subtable of format 12 (OpenType
 * 1.9).
 */
function readCharacters(font: Buffer): ReadonlySet<number> {
  let table = 12;
  while (font.toString('latin1', table, table + 4) !== 'cmap') table += 16;
  const cmap = font.readUInt32BE(table + 8);
  let groups = cmap;
  for (let subtable = cmap + 4; font.readUInt16BE(groups) !== 12; subtable += 8) {
    groups = cmap + font.readUInt32BE(subtable + 4);
  }
  const characters = new Set<number>();
  for (let i = 0; i < font.readUInt32BE(groups + 12); i++) {
    const first = font.readUInt32BE(groups + 16 + 12 * i);
    const last = font.readUInt32BE(groups + 20 + 12 * i);
    for (let point = first; point <= last; point++) characters.add(point);
  }
  return characters;
}
