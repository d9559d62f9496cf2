import { statfs } from 'node:fs/promises';

/** How much is left on the disk of the embedded server: its log lies there too, and without room for that it stops as a whole. */
export interface DiskRoom {
  /** Since when there is too little, epoch milliseconds; null while there is enough. */
  look(): Promise<{ freeBytes: number; shortSince: number | null }>;
  leastBytes: number;
}

/** Ingest waits: what is left belongs to the log of what is there already, alerts first of all. */
export class DiskShort extends Error {
  override name = 'DiskShort';
  readonly code = 'DISK_SHORT';
}

/** It goes on with a tenth more, or it would stop and go with every file. */
const AGAIN = 1.1;

/** `least`: bytes below which there is too little; `free` tells how many there are. */
export function createDiskRoom({
  leastBytes,
  free,
  now,
}: {
  leastBytes: number;
  free: () => Promise<number>;
  now: () => number;
}): DiskRoom {
  let shortSince: number | null = null;
  return {
    leastBytes,
    async look() {
      const freeBytes = await free();
      const enough = shortSince === null ? leastBytes : leastBytes * AGAIN;
      if (freeBytes >= enough) shortSince = null;
      else shortSince ??= now();
      return { freeBytes, shortSince };
    },
  };
}

/** Bytes that may still be written to the disk of a directory. */
export async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** Throws `DiskShort` where there is too little room for more; undefined: the database's disk is not ours to watch. */
export async function needRoom(disk: DiskRoom | undefined): Promise<void> {
  if (disk === undefined) return;
  const { freeBytes, shortSince } = await disk.look();
  if (shortSince === null) return;
  const [free, least] = [freeBytes, disk.leastBytes].map((bytes) => `${(bytes / 1e6).toFixed(0)} MB`);
  throw new DiskShort(`the disk of the database has ${free} left, and ${least} are to stay free (RETORT_LEAST_DISK)`);
}
