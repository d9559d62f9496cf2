import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWorld } from '../worlds/output/write-world.ts';
import type { Scenario } from '../worlds/scenarios.ts';
import { createWorld } from '../worlds/world.ts';
import { replayWorld } from './replay-world.ts';
import { type Score, scoreReplay } from './score.ts';

export interface Row {
  scenario: string;
  seed: string;
  exchanges: number;
  accounts: number;
  seconds: number;
  /** Undefined where the replay failed; `failure` then says how. */
  score: Score | undefined;
  failure?: string;
}

/** Makes a scenario's world, replays it, scores what was reported. Undefined where the world cannot be made here. */
export async function runScenario(scenario: Scenario, seed: string, size: number): Promise<Row | undefined> {
  const world = createWorld({ scenario, seed, size });
  if (world === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'retort-bench-'));
  try {
    const written = await writeWorld(world, folder, false);
    const { exchanges, accounts } = written.truth;
    const row = { scenario: scenario.name, seed, exchanges, accounts };
    try {
      const { campaigns, seconds } = await replayWorld(written);
      return { ...row, seconds, score: scoreReplay(written.truth, campaigns) };
    } catch (error) {
      return { ...row, seconds: 0, score: undefined, failure: (error as Error).message };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
