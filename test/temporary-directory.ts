import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that goes when the test ends; others may pass through it, as the database's user must. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'retort-test-'));
  await chmod(directory, 0o711);
  onTestFinished(async () => rm(directory, { recursive: true, force: true }));
  return directory;
}
