/**
 * Checks the packages of the lock file for advisories, and exits with code 1 if there is one. If the registry
 * does not support this, it says so, and nothing is checked.
 */
import { spawnSync } from 'node:child_process';

/** Not found, not allowed, not implemented: status codes of registries without this API. */
const unknownQuestion = [404, 405, 501];

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
const { vulnerabilities, statusCode, message } = JSON.parse(stdout);
if (vulnerabilities !== undefined) {
  const found = Object.values(vulnerabilities);
  for (const { name, severity, via } of found) {
    const causes = via.map((cause) => (typeof cause === 'string' ? cause : `${cause.title} ${cause.url}`));
    console.log(`${name}: ${severity}: ${causes.join('; ')}`);
  }
  console.log(`${found.length} packages with an advisory.`);
  process.exitCode = found.length > 0 ? 1 : 0;
} else if (unknownQuestion.includes(statusCode)) {
  console.log(`NOT CHECKED: this registry does not tell of advisories (${statusCode}).`);
} else {
  console.error(`The registry cannot be asked: ${message}`);
  process.exitCode = 1;
}
