/**
 * Lists the licences of all packages in the lock file, including development dependencies; exits with code 1
 * if one is not known to be compatible with the project's own.
 */
import { readFileSync } from 'node:fs';

const accepted = new Set([
  '(BSD-3-Clause AND Apache-2.0)',
  '0BSD',
  'Apache-2.0',
  'Apache-2.0 AND MIT',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT AND OFL-1.1',
  'MPL-2.0',
  'OFL-1.1',
]);

/** Packages without a standard licence field, and the licence according to their licence files. */
const read = new Map([
  ['dejavu-fonts-ttf', 'Bitstream Vera'],
  ['h5wasm', 'NIST Software, and HDF5 (BSD-3-Clause)'],
  ['memorystream', 'MIT'],
]);

const { packages } = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8'));
const byLicence = new Map();
const unknown = [];
for (const [path, { version, license, dev }] of Object.entries(packages)) {
  if (path === '') continue;
  const name = path.replace(/^.*node_modules\//, '');
  const licence = read.get(name) ?? license;
  if (!read.has(name) && !accepted.has(licence)) unknown.push(`${name}@${version}: ${licence}`);
  byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${name}@${version}${dev ? ' (dev)' : ''}`]);
}
for (const [licence, names] of [...byLicence].sort(([, a], [, b]) => b.length - a.length)) {
  console.log(`${licence}: ${names.length}\n  ${names.sort().join(', ')}\n`);
}
if (unknown.length > 0) {
  console.error(`Licences that nobody has looked at yet:\n  ${unknown.join('\n  ')}`);
  process.exitCode = 1;
}
