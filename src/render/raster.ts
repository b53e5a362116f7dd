import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
// The WebAssembly build: the native one allocates 9 MB and reads its fonts from disk for every picture, which
// takes longer than drawing.
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { japaneseFont, latinFont, type Font } from './fonts.js';
import { encodePng } from './png.js';

await initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));

const zoom = 2;
/** Rows of the SVG that are drawn at a time: a whole picture takes tens of megabytes. */
const stripHeight = 128;

/**
 * Renders an SVG document as a PNG at twice its size, in DejaVu Sans, and in BIZ UDPGothic for Japanese. Both
 * fonts are built in, so that none needs to be installed.
 * @param svg with something to see in it
 */
export function renderPng(svg: string): Uint8Array {
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontBuffers: fontsFor(svg), defaultFontFamily: latinFont.family },
  });
  try {
    const { width, height } = drawing;
    return encodePng({ width: zoom * width, height: zoom * height, rgba: strips(drawing, width, height) });
  } finally {
    drawing.free();
  }
}

/** The pixels of a picture in strips. */
function* strips(drawing: InstanceType<typeof Resvg>, width: number, height: number): Generator<Uint8Array> {
  const area = drawing.getBBox()!;
  [area.x, area.width] = [0, width];
  for (let top = 0; top < height; top += stripHeight) {
    [area.y, area.height] = [top, Math.min(stripHeight, height - top)];
    drawing.cropByBBox(area);
    const image = drawing.render();
    const { pixels } = image;
    image.free();
    divideByOpacity(pixels);
    yield pixels;
  }
  area.free();
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
