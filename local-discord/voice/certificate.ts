import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The voice server's certificate, which signs itself: for 127.0.0.1, and for nothing else but tests. It is good
 * until 2120. A client's process trusts it when it is started with this path in `NODE_EXTRA_CA_CERTS`.
 */
export const certificateFile = find('certificate.pem');

/** Its key, which is no secret. */
export const certificateKey = (): string => readFileSync(find('key.pem'), 'utf8');

/** The same from the sources and from what is built of them. */
function find(name: string, folder = import.meta.dirname): string {
  const file = join(folder, 'local-discord', 'voice', name);
  return existsSync(file) ? file : find(name, dirname(folder));
}
