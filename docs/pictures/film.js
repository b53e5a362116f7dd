/**
 * Makes the film of the README: a piece sounds while its piano roll lights up under a playhead. Writes
 * film.mp4 (with sound) and film.gif beside this file. Run by `npm run film`; needs ffmpeg.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');
const options = ['--notes', '90', '--opening', 'schumann-traumerei', '--seed', '15'];

/** Where the roll is in its picture, in pixels of a picture of 960 × 600, for a piece of one row. */
const picture = { width: 960, height: 600 };
const roll = { left: 120, right: 928, top: 152, bottom: 498 };
/** The roll is a little longer than the piece. */
const rollPerPiece = 1.01;

/** Over notes that are still to come. */
const shade = 'black@0.6';

/** For the last sound to fade. */
const tailSeconds = 2;
const framesPerSecond = 30;
const animation = { framesPerSecond: 8, width: 640, colours: 64 };

const folder = mkdtempSync(join(tmpdir(), 'film-'));
try {
  const compose = join(project, 'dist', 'cli', 'compose.js');
  const printed = run(process.execPath, [compose, ...options, '--out', join(folder, 'piece'), '--json']);
  const { audio, image, durationSeconds } = JSON.parse(printed);
  const video = join(import.meta.dirname, 'film.mp4');
  ffmpeg([
    ...['-loop', '1', '-framerate', `${framesPerSecond}`, '-i', image, '-i', audio],
    ...['-filter_complex', litUpToPlayhead(durationSeconds), '-map', '[film]', '-map', '1:a'],
    ...['-t', `${durationSeconds + tailSeconds}`, '-c:v', 'libx264', '-crf', '26', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '128k', '-movflags', '+faststart', video],
  ]);
  const { width, colours } = animation;
  const animated = `fps=${animation.framesPerSecond},scale=${width}:-1:flags=lanczos,split[a][b]`;
  const palette = `[a]palettegen=max_colors=${colours}[p];[b][p]paletteuse=dither=none:diff_mode=rectangle`;
  ffmpeg(['-i', video, '-filter_complex', `${animated};${palette}`, join(import.meta.dirname, 'film.gif')]);
} finally {
  rmSync(folder, { recursive: true });
}

/** A filter of ffmpeg: a shade over what is still to come leaves the roll with the playhead. */
function litUpToPlayhead(durationSeconds) {
  const [width, height] = [roll.right - roll.left, roll.bottom - roll.top];
  const playhead = `t*${width / (durationSeconds * rollPerPiece)}`;
  const still = (colour, size) => `color=${colour}:s=${size}x${height}:r=${framesPerSecond},format=rgba`;
  return [
    `[0:v]scale=${picture.width}:${picture.height},split[page][copy]`,
    `[copy]crop=${width}:${height}:${roll.left}:${roll.top}[roll]`,
    `${still(shade, width)}[shade]`,
    `${still('white', 2)}[line]`,
    `[roll][shade]overlay=x=${playhead}[shaded]`,
    `[shaded][line]overlay=x=${playhead}[rolling]`,
    `[page][rolling]overlay=x=${roll.left}:y=${roll.top}[film]`,
  ].join(';');
}

function ffmpeg(parameters) {
  run('ffmpeg', ['-y', '-loglevel', 'error', ...parameters]);
}

function run(program, parameters) {
  return execFileSync(program, parameters, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
