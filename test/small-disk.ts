import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of 4 MB that can be filled; creating it requires root. */
export class SmallDisk {
  private constructor(
    readonly folder: string,
    readonly isThere: boolean,
  ) {}

  static async make(): Promise<SmallDisk> {
    const folder = await mkdtemp(join(tmpdir(), 'disk-'));
    const isThere =
      process.platform === 'linux' &&
      spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', folder]).status === 0;
    return new SmallDisk(folder, isThere);
  }

  /** Fills it except for this many bytes. */
  async fill(leaving: number): Promise<void> {
    const path = join(this.folder, 'filling');
    await rm(path, { force: true });
    const { bavail, bsize } = await statfs(this.folder);
    await writeFile(path, new Uint8Array(Math.max(0, bavail * bsize - leaving)));
  }

  async remove(): Promise<void> {
    if (this.isThere) spawnSync('umount', [this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }
}
