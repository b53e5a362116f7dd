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
 * Removes symbols that neither font has, such as most emoji. Undefined if a letter or digit is missing, since
 * the rest would be a different word.
 */
export function drawable(content: string): string {
  const characters = Array.from(content.normalize('NFC'));
  const isDrawn = (character: string): boolean => has(latinFont, character) || has(japaneseFont, character);
  const isWhole = characters.every((character) => !/[\p{L}\p{N}]/u.test(character) || isDrawn(character));
  return isWhole ? characters.filter(isDrawn).join('').replace(/\s+/g, ' ').trim() : '';
}

/**
 * The code points in the `cmap` table of a TrueType font, from its complete subtable of format 12 (OpenType
 * 1.9).
 */
function readCharacters(font: Buffer): ReadonlySet<number> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const cmap = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap')!;
  const start = font.readUInt32BE(cmap + 8);
  const subtables = Array.from(
    { length: font.readUInt16BE(start + 2) },
    (_, i) => start + font.readUInt32BE(start + 4 + 8 * i + 4),
  );
  const groups = subtables.find((at) => font.readUInt16BE(at) === 12)!;
  const characters = new Set<number>();
  for (let i = 0; i < font.readUInt32BE(groups + 12); i++) {
    const first = font.readUInt32BE(groups + 16 + 12 * i);
    const last = font.readUInt32BE(groups + 20 + 12 * i);
    for (let point = first; point <= last; point++) characters.add(point);
  }
  return characters;
}
