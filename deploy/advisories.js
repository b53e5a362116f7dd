/**
 * Asks the registry for advisories about the packages of the lock file, and ends with code 1 when there
 * is one. A registry need not be able to answer that: then it says so, and nothing has been checked.
 */
import { spawnSync } from 'node:child_process';

/** Not found, not allowed, not implemented: what registries say to a question that they do not know. */
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
