import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

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
  return element('text', attributes, escapeXml(content));
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
 * Draws an SVG document as a PNG of twice its size, in DejaVu Sans, which comes with the project:
 * no font needs to be installed.
 */
export function renderPng(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'DejaVu Sans' },
  });
  return Uint8Array.from(image.render().asPng());
}

const { resolve } = createRequire(import.meta.url);
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) =>
  resolve(`dejavu-fonts-ttf/ttf/${name}`),
);
