import { Resvg } from '@resvg/resvg-js';
import { has, japaneseFont, latinFont } from './fonts.js';
import { encodePng } from './png.js';

/** What an attribute can be; undefined leaves it out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element with attributes and, already as SVG, what it holds. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? short(value) : escapeXml(value!)}"`)
    .join('');
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${content.join('')}</${name}>`;
}

/** An SVG text element; the text may hold anything. */
export function text(content: string, attributes: Attributes): string {
  const font = Array.from(content).some(isJapanese) ? { 'font-family': japaneseFont.family } : {};
  return element('text', { ...attributes, ...font }, escapeXml(content));
}

/** Widths of an average character of DejaVu Sans and its bold, in units of the text's size. */
export const averageWidths = { normal: 0.62, bold: 0.68 } as const;

/**
 * About how wide a text is, in units of its size; Japanese characters are as wide as high.
 * @param average width of the others
 */
export function textWidth(content: string, average: number = averageWidths.normal): number {
  return Array.from(content).reduce((sum, character) => sum + (isJapanese(character) ? 1 : average), 0);
}

/** Written in the Japanese font, since the other lacks it. */
function isJapanese(character: string): boolean {
  return !has(latinFont, character) && has(japaneseFont, character);
}

/** A number with as many digits as a picture needs. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text as XML can hold it: the five special characters as entities, and none that XML forbids (XML 1.0, 2.2). */
export function escapeXml(value: string): string {
  return value
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Draws an SVG document as a PNG of twice its size, in DejaVu Sans, and in BIZ UDPGothic where
 * Japanese is written. Both come with the project: no font needs to be installed.
 */
export function renderPng(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false, fontFiles: fontsFor(svg), defaultFontFamily: latinFont.family },
  });
  const { width, height, pixels } = image.render();
  divideByOpacity(pixels);
  return encodePng({ width, height, rgba: pixels });
}

/** Colours come multiplied by their opacity. In place. */
function divideByOpacity(rgba: Uint8Array): void {
  for (let i = 3; i < rgba.length; i += 4) {
    const opacity = rgba[i]!;
    if (opacity === 255 || opacity === 0) continue;
    for (let colour = i - 3; colour < i; colour++) {
      rgba[colour] = Math.min(255, Math.round((rgba[colour]! * 255) / opacity));
    }
  }
}

/** The Japanese ones are large, and are read only where they are needed. */
function fontsFor(svg: string): string[] {
  const needsJapanese = svg.includes(`"${japaneseFont.family}"`);
  return [...latinFont.files, ...(needsJapanese ? japaneseFont.files : [])];
}
