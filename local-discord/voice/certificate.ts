import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The voice server's self-signed certificate: for 127.0.0.1, only for tests, valid until 2120. A client
 * process trusts it if started with this path in `NODE_EXTRA_CA_CERTS`.
 */
export const certificateFile = find('certificate.pem');

/** Its key, which is not secret. */
export const certificateKey = (): string => readFileSync(find('key.pem'), 'utf8');

/** Finds the file both from the sources and from the build. */
function find(name: string, folder = import.meta.dirname): string {
  const file = join(folder, 'local-discord', 'voice', name);
  return existsSync(file) ? file : find(name, dirname(folder));
}
