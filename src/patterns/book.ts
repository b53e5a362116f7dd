import { readdirSync, readFileSync } from 'node:fs';
import { parseStyleFile, type Style } from './style-file.js';

const folder = new URL('../../assets/patterns/', import.meta.url);
const ending = '.txt';

let read: ReadonlyMap<string, Style> | undefined;

/** Every style of the book by name; loaded for the first song. */
export function book(): ReadonlyMap<string, Style> {
  read ??= new Map(
    styleFiles().map((file) => {
      const name = file.slice(0, -ending.length);
      return [name, parseStyleFile(name, readFileSync(new URL(file, folder), 'utf8'))];
    }),
  );
  return read;
}

function styleFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort();
}

/** The whole book as bytes, to compute its fingerprint. */
export function bookBytes(): Uint8Array {
  return Buffer.concat(styleFiles().map((file) => readFileSync(new URL(file, folder))));
}

/** @throws RangeError for a style that is not in the book */
export function styleNamed(name: string): Style {
  const style = book().get(name);
  if (style === undefined) throw new RangeError(`There is no style ${name}.`);
  return style;
}
