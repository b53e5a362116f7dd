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

/** A filter of ffmpeg: the roll is dim to the right of the playhead, which crosses it while the piece sounds. */
function litUpToPlayhead(durationSeconds) {
  const speed = (roll.right - roll.left) / (durationSeconds * rollPerPiece);
  const playhead = (time) => `min(${roll.right}\\,${roll.left}+${speed}*${time})`;
  const outside = `lt(Y\\,${roll.top})+gt(Y\\,${roll.bottom})+gt(X\\,${roll.right})`;
  return [
    `[0:v]scale=${picture.width}:${picture.height},format=gbrp,split[lit][copy]`,
    '[copy]colorchannelmixer=rr=.35:gg=.35:bb=.4[dim]',
    `[lit][dim]blend=all_expr=if(lte(X\\,${playhead('T')})+${outside}\\,A\\,B)[rolling]`,
    `color=white:s=2x${roll.bottom - roll.top}:r=${framesPerSecond}[line]`,
    `[rolling][line]overlay=x=${playhead('t')}:y=${roll.top}[film]`,
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
