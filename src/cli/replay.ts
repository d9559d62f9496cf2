import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readCampaignRecords } from '../db/campaign-records.ts';
import { createOwnDetections } from '../detections/own-detections.ts';
import { DETECTIONS } from '../detections/registry.ts';
import { createFingerprinter } from '../ingest/fingerprint.ts';
import { type Input, openInput } from '../ingest/open-input.ts';
import { createLog } from '../log.ts';
import { replay } from '../replay/replay.ts';
import { createTemporaryDatabase } from '../replay/temporary-database.ts';
import { campaignLine } from './campaign-text.ts';
import { interruptibly } from './session.ts';

interface Options {
  accounts: string;
  exchanges: string;
  releases?: string;
  json: boolean;
}

/** Nothing of a replay is kept, so its key need not be secret; a fixed one gives the same result each time. */
const FINGERPRINT_KEY = 'a replay keeps nothing, so its key is no secret';

export function replayCommand(): Command {
  return new Command('replay')
    .description('play recorded traffic through the production path in event time, and report what would be alerted')
    .requiredOption('--accounts <file>', 'accounts, NDJSON or .gz')
    .requiredOption('--exchanges <file>', 'exchanges in the order in which they arrived, NDJSON or .gz')
    .option('--releases <file>', 'model releases, NDJSON or .gz')
    .option('--json', 'print the report as JSON', false)
    .action(async (options: Options) => {
      const report = await run(options);
      const { campaigns, ...figures } = report;
      const summary = `${figures.exchanges} exchanges of ${figures.accounts} accounts in ${figures.cycles} cycles, ${figures.quarantined} lines quarantined, ${figures.seconds} s`;
      const text = options.json ? JSON.stringify(report) : [...campaigns.map(campaignLine), summary].join('\n');
      process.stdout.write(`${text}\n`);
    });
}

async function run(options: Options) {
  const config = readConfig();
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const started = performance.now();
  const accounts = await openInput(options.accounts);
  const exchanges = await openInput(options.exchanges);
  const releases = options.releases === undefined ? {} : { releases: await openInput(options.releases) };
  return interruptibly(log, async (signal) => {
    const database = await createTemporaryDatabase(config.databaseUrl, log);
    const progress = showProgress(exchanges);
    try {
      signal.throwIfAborted();
      const counts = await replay({
        pool: database.pool,
        accounts,
        exchanges,
        ...releases,
        fingerprinter: createFingerprinter(FINGERPRINT_KEY),
        detections: DETECTIONS,
        own: createOwnDetections(config.detectionsDir, log),
        allowedLatenessMs: config.allowedLatenessMs,
        log,
        signal,
        now: Date.now,
        onCycle: progress.update,
      });
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      return { campaigns: await readCampaignRecords(database.pool), ...counts, seconds };
    } finally {
      progress.stop();
      await database.remove();
    }
  });
}

/** A bar over the file's bytes; nothing where standard error is no terminal or the size is not known. */
function showProgress(input: Input): { update: (at: number) => void; stop: () => void } {
  if (!process.stderr.isTTY || input.bytes === undefined) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({ stream: process.stderr, format: '{bar} {percentage}% | {time} | {eta_formatted} left' });
  bar.start(input.bytes, 0, { time: '' });
  return {
    update: (at) => bar.update(input.readBytes(), { time: new Date(at).toISOString().slice(0, 13) }),
    stop: () => bar.stop(),
  };
}
