import { has, japaneseFont, latinFont } from './fonts.js';

/**
 * The value of an attribute; undefined omits it. A group that is faint as a whole would be drawn in a layer, which ends
 * the rasteriser when it is far from the strip that is drawn.
 */
export type Attributes = Readonly<Record<string, string | number | undefined>> & { readonly opacity?: never };

/** An SVG element with attributes and content, which is already SVG. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  let written = '';
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    written += ` ${key}="${typeof value === 'number' ? short(value) : escapeXml(value)}"`;
  }
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${content.join('')}</${name}>`;
}

/** An SVG text element; escapes the content. */
export function text(content: string, attributes: Attributes): string {
  const font = Array.from(content).some(isJapanese) ? { 'font-family': japaneseFont.family } : {};
  return element('text', { ...attributes, ...font }, escapeXml(content));
}

/** Average width of a character in DejaVu Sans and its bold, in multiples of the text's size. */
export const averageWidths = { normal: 0.62, bold: 0.68 } as const;

/**
 * Approximate width of a text, in multiples of its size; Japanese characters are square.
 * @param average width of other characters
 */
export function textWidth(content: string, average: number = averageWidths.normal): number {
  let width = 0;
  for (const character of content) width += isJapanese(character) ? 1 : average;
  return width;
}

/** Whether it is drawn in the Japanese font, because the other one lacks it. */
function isJapanese(character: string): boolean {
  return !has(latinFont, character) && has(japaneseFont, character);
}

/** Rounds a number to the precision that a picture needs. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Escapes text for XML: the five special characters, without characters that XML forbids (XML 1.0, 2.2). */
export function escapeXml(value: string): string {
  return value
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
