import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Written } from '../worlds/output/write-world.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What of the contract's report is scored. */
export const Report = z.object({
  id: z.string(),
  kind: z.enum(['extraction', 'resale']),
  confidence: z.number(),
  alerted_at: z.string().nullable(),
  account_ids: z.array(z.string()),
});
export const Replay = z.object({ campaigns: z.array(Report), quarantined: z.number(), seconds: z.number() });

export type Report = z.output<typeof Report>;
export type Replay = z.output<typeof Replay>;

/** Runs the program from its source, as a person would, and returns what it printed; throws what it said where it failed. */
export async function replayWorld({
  accounts,
  exchanges,
  releases,
}: Pick<Written, 'accounts' | 'exchanges' | 'releases'>): Promise<Replay> {
  const files = ['--accounts', accounts, '--exchanges', exchanges, '--releases', releases];
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'replay', ...files, '--json'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [out, said, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (status !== 0)
    throw new Error(`The replay ended with status ${status}: ${said.trim().split('\n').slice(-3).join(' | ')}`);
  return Replay.parse(JSON.parse(out));
}
