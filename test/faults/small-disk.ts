import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** A small disk of its own for a test, or undefined where there can be none: mounting one takes root on Linux. */
export async function smallDisk(megabytes: number): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'retort-disk-'));
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  onTestFinished(async () => {
    if (mounted) await run('umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return mounted ? folder : undefined;
}

export const NO_SMALL_DISK = 'no small disk can be mounted here: that takes root on Linux';
