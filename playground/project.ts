import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, found from the sources and from `dist`. */
export const projectFolder = holder('package.json', import.meta.dirname);

function holder(name: string, folder: string): string {
  return existsSync(join(folder, name)) ? folder : holder(name, dirname(folder));
}
