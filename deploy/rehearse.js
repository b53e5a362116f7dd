/**
 * Simulates the Dockerfile without a container engine: runs its steps in separate folders, then the bot from
 * the last one, as an unprivileged user, on a file system that is read-only except for the volume, and
 * composes a piece. On Linux, as root: `npm run rehearse`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runnerImport } from 'vite';

/** The user `node` of the image. */
const user = 1000;

const lines = readFileSync('Dockerfile', 'utf8')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line));
const second = lines.findLastIndex((line) => line.startsWith('FROM '));
const [building, running] = [lines.slice(0, second), lines.slice(second)];
const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
const [build, image, data] = ['build', 'image', 'data'].map((name) => join(folder, name));
try {
  chmodSync(folder, 0o755);
  for (const path of [build, image, data]) mkdirSync(path);
  // So that only the read-only mount prevents writing.
  chmodSync(image, 0o777);
  chownSync(data, user, user);
  for (const line of building) buildStep(line);
  for (const line of running) imageStep(line);
  const size = execFileSync('du', ['-sm', image], { encoding: 'utf8' }).split('\t')[0];
  console.log(`The image has ${size} MB beside Node. It is tried with Node ${process.version}.`);
  await play();
} finally {
  rmSync(folder, { recursive: true });
}
process.exit();

function buildStep(line) {
  const [instruction, ...words] = line.split(' ');
  if (instruction === 'COPY') copy(context(), words, build);
  else if (instruction === 'RUN') shell(words.join(' '), build);
}

function imageStep(line) {
  const [instruction, first, ...words] = line.split(' ');
  if (instruction === 'COPY' && first === '--from=build') {
    const files = words.map((word) => word.replace(/^\/app\//, ''));
    for (const file of files.slice(0, -1)) {
      const to = files.at(-1) === './' ? file : files.at(-1);
      cpSync(join(build, file), join(image, to), { recursive: true, verbatimSymlinks: true });
    }
  }
}

/** The build context: files of the project, except those in `.dockerignore`. */
function context() {
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
  const all = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  return all.filter((file) => !ignored.includes(file.split('/')[0]));
}

function copy(files, words, to) {
  const asked = words.slice(0, -1);
  for (const file of files.filter((each) => asked.includes('.') || asked.includes(each))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(file, join(to, file));
  }
}

function shell(command, cwd) {
  execFileSync('sh', ['-c', command], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function play() {
  const wanted = running.find((line) => line.startsWith('USER '));
  if (wanted !== 'USER node') throw new Error(`The image runs as “${wanted}”.`);
  const start = command('CMD');
  const check = command('HEALTHCHECK');
  const { LocalDiscord } = (await runnerImport('./local-discord/local-discord.ts')).module;
  const discord = await LocalDiscord.start();
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    ...environment(),
    DATA_DIR: data,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_HOSTS: discord.cdnHost,
    LOG_LEVEL: 'warn',
  };
  const isHealthy = async () => (await once(inside(check, env), 'close'))[0] === 0;
  if (await isHealthy()) throw new Error('The health check is content where nothing answers.');
  const refused = inside(['touch', 'a-file'], env);
  if ((await once(refused, 'close'))[0] === 0) throw new Error('The file system can be written to.');

  const bot = inside(start, env);
  await discord.waitForReady({ command: 'compose' });
  const reply = await discord.user().slash('compose', { notes: 50 });
  await reply.until(({ attachments }) => attachments.length === 3);
  if (!(await isHealthy())) throw new Error('The health check says that the bot is not healthy.');
  execFileSync('kill', ['-TERM', String(bot.pid)]);
  const [code] = await once(bot, 'close');
  await discord.stop();
  if (code !== 0) throw new Error(`The bot ended with ${code}.`);
  console.log('It composed as a user without rights, on a read-only file system, and ended in order.');
}

/** Environment variables of the image. */
function environment() {
  const settings = running
    .filter((line) => line.startsWith('ENV '))
    .flatMap((line) => line.split(' ').slice(1));
  return Object.fromEntries(settings.map((setting) => setting.split('=')));
}

/** The arguments of an instruction in exec form. */
function command(instruction) {
  const line = running.findLast((each) => each.startsWith(instruction));
  return JSON.parse(line.slice(line.indexOf('[')));
}

/** Runs a program in the image, with a file system in which only the volume is writable. */
function inside(program, env) {
  const rights = ['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--clear-groups'];
  const view = `mount --bind "${data}" "${data}" && mount -o remount,bind,ro / && exec "$@"`;
  const words = ['setpriv', `--reuid=${user}`, `--regid=${user}`, ...rights, ...program];
  return spawn('unshare', ['--mount', 'sh', '-c', view, 'sh', ...words], {
    cwd: image,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
