import { Command, InvalidArgumentError } from 'commander';
import { DETECTIONS } from '../detections/registry.ts';
import { detect } from '../jobs/detect.ts';
import { rollUp } from '../jobs/roll-up.ts';
import { withSession } from './session.ts';

function time(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be a time such as 2026-06-01T00:00:00Z.');
  return at;
}

interface Options {
  asOf?: number;
  json: boolean;
}

export function detectCommand(): Command {
  return new Command('detect')
    .description('bring the roll-ups up to date and run every detection once')
    .option('--as-of <time>', 'the clock of this run; default: now', time)
    .option('--json', 'print what came of it as JSON', false)
    .action(async ({ asOf, json }: Options) => {
      const result = await withSession(async ({ config, log, database: { pool } }) => {
        const now = asOf ?? Date.now();
        await rollUp({ pool, now, allowedLatenessMs: config.allowedLatenessMs });
        return detect({ pool, detections: DETECTIONS, now, log });
      });
      const text = json ? JSON.stringify(result) : describe(result);
      process.stdout.write(`${text}\n`);
      if (result.failed.length > 0) throw new Error(`${result.failed.length} detections failed; the log says why`);
    });
}

function describe(result: Awaited<ReturnType<typeof detect>>): string {
  if (result.windowEnd === null) return 'nothing was ingested yet: retort ingest loads exchanges';
  const lines = result.campaigns.map(({ id, decision, accounts }) => `${id}: ${accounts} accounts, ${decision}`);
  const end = new Date(result.windowEnd).toISOString();
  return [`window closed to ${end}: ${result.hits} hits, ${lines.length} campaigns`, ...lines].join('\n');
}
