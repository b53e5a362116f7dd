import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
// The WebAssembly build: the native one allocates 9 MB and reads its fonts from disk for every picture, which
// takes longer than drawing.
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { japaneseFont, latinFont, type Font } from './fonts.js';
import { encodePng } from './png.js';

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));

/**
 * Renders an SVG document as a PNG at twice its size, in DejaVu Sans, and in BIZ UDPGothic for Japanese. Both
 * fonts are built in, so that none needs to be installed.
 */
export function renderPng(svg: string): Uint8Array {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { fontBuffers: fontsFor(svg), defaultFontFamily: latinFont.family },
  });
  const image = drawing.render();
  try {
    const { width, height, pixels } = image;
    divideByOpacity(pixels);
    return encodePng({ width, height, rgba: pixels });
  } finally {
    image.free();
    drawing.free();
  }
}

/** Converts premultiplied alpha to straight alpha, in place. */
function divideByOpacity(rgba: Uint8Array): void {
  for (let i = 3; i < rgba.length; i += 4) {
    const opacity = rgba[i]!;
    if (opacity === 255 || opacity === 0) continue;
    for (let colour = i - 3; colour < i; colour++) {
      rgba[colour] = Math.min(255, Math.round((rgba[colour]! * 255) / opacity));
    }
  }
}

const latin = read(latinFont);
/** Large, so they are read only when needed. */
let japanese: Uint8Array[] | undefined;

function fontsFor(svg: string): Uint8Array[] {
  if (!svg.includes(`"${japaneseFont.family}"`)) return latin;
  japanese ??= read(japaneseFont);
  return [...latin, ...japanese];
}

function read({ files }: Font): Uint8Array[] {
  return files.map((file) => readFileSync(file));
}
