import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningBot } from '../scale/start-bot.ts';

/** How the bot was at one time; megabytes, and seconds since the beginning. */
export interface Sample {
  seconds: number;
  resident: number;
  heap: number;
  external: number;
  lagMs: number;
}

/** Samples until it is ended; `samples` gets them, and `most` the most that was ever resident. */
export async function watchBot(
  bot: RunningBot,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
  samples: Sample[],
): Promise<void> {
  for (const start = performance.now(); !signal.aborted; ) {
    bot.check();
    const metrics = await (await fetch(`${bot.healthUrl}/metrics`)).text();
    const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
    const [resident = Number.NaN] = await bot.memory();
    samples.push({
      seconds: (performance.now() - start) / 1_000,
      resident,
      heap: metric('nodejs_heap_size_used_bytes') / 2 ** 20,
      external: metric('nodejs_external_memory_bytes') / 2 ** 20,
      lagMs: metric('nodejs_eventloop_lag_p99_seconds') * 1_000,
    });
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
}
