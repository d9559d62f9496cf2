import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWorld } from '../worlds/output/write-world.ts';
import type { Scenario } from '../worlds/scenarios.ts';
import { createWorld } from '../worlds/world.ts';
import { replayScored } from './replay-scored.ts';
import { replayWorld } from './replay-world.ts';
import { realityOf, type Score, scoreReplay, type Verdict } from './score.ts';

export interface Row {
  scenario: string;
  seed: string;
  exchanges: number;
  accounts: number;
  seconds: number;
  /** Undefined where the replay failed; `failure` then says how. */
  score: Score | undefined;
  failure?: string;
  /** Of every group that was scored, where they were asked for: at its surest, and whether it is what it says. */
  candidates?: Verdict[];
}

/** Makes a scenario's world, replays it, scores what was reported. Undefined where the world cannot be made here. */
export async function runScenario(
  scenario: Scenario,
  { seed, size, withCandidates }: { seed: string; size: number; withCandidates: boolean },
): Promise<Row | undefined> {
  const world = createWorld({ scenario, seed, size });
  if (world === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'retort-bench-'));
  try {
    const written = await writeWorld(world, folder, false);
    const { exchanges, accounts } = written.truth;
    const row = { scenario: scenario.name, seed, exchanges, accounts };
    try {
      if (!withCandidates) {
        const { campaigns, seconds } = await replayWorld(written);
        return { ...row, seconds, score: scoreReplay(written.truth, campaigns) };
      }
      const { campaigns, seconds, candidates } = await replayScored(written);
      const reality = realityOf(written.truth);
      const verdicts = candidates.map(({ kind, confidence, accounts: account_ids }) => ({
        confidence,
        ...reality({ kind, account_ids }),
      }));
      return { ...row, seconds, score: scoreReplay(written.truth, campaigns), candidates: verdicts };
    } catch (error) {
      return { ...row, seconds: 0, score: undefined, failure: (error as Error).message };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
