import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolder } from './project.js';

/** A file of the page. */
export interface Asset {
  readonly contentType: string;
  readonly body: string | Buffer;
}

const written = join(projectFolder, 'playground', 'page');
const built = join(projectFolder, 'dist', 'playground', 'page');
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};
const libraries = ['preact', 'preact/hooks', 'preact/jsx-runtime'] as const;
/** Emoji as Discord shows them, in a colour font. */
const emoji = 'twemoji-colr-font/twemoji.woff2';

/** All files of the page, by path. They are read on each request, so that an edit shows on reload. */
export class Site {
  readonly #files = new Map<string, string>();
  readonly #importMap: string;
  /** The page can only load itself and what it was sent. */
  readonly contentSecurityPolicy: string;

  /** @throws Error when the page has not been built */
  constructor() {
    if (!existsSync(join(built, 'main.js'))) throw new Error('The page is not built: run npm run build.');
    for (const [folder, endings] of [
      [written, ['.css', '.svg']],
      [built, ['.js', '.map']],
    ] as const) {
      for (const name of readdirSync(folder)) {
        if (endings.some((ending) => name.endsWith(ending))) this.#files.set(`/${name}`, join(folder, name));
      }
    }
    const imports = libraries.map((library) => {
      const path = `/libraries/${library.replaceAll('/', '-')}.mjs`;
      this.#files.set(path, fileURLToPath(import.meta.resolve(library)));
      return [library, path] as const;
    });
    this.#files.set('/libraries/emoji.woff2', fileURLToPath(import.meta.resolve(emoji)));
    this.#importMap = JSON.stringify({ imports: Object.fromEntries(imports) });
    const hash = createHash('sha256').update(this.#importMap).digest('base64');
    this.contentSecurityPolicy = [
      "default-src 'self'",
      `script-src 'self' 'sha256-${hash}'`,
      "img-src 'self' data:",
      "style-src 'self' 'unsafe-inline'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; ');
  }

  find(path: string): Asset | undefined {
    if (path === '/') {
      const page = readFileSync(join(written, 'index.html'), 'utf8');
      return {
        contentType: contentTypes['.html']!,
        body: page.replace(/\s*\{\{imports\}\}\s*/, this.#importMap),
      };
    }
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    return { contentType: contentTypes[extname(file)]!, body: readFileSync(file) };
  }
}
