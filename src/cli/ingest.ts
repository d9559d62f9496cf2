import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import { readConfig } from '../config.ts';
import { fingerprintKey } from '../fingerprint-key.ts';
import { adapterOf, adapters } from '../ingest/adapters/registry.ts';
import { type IngestCounts, ingestFiles, type Inputs } from '../ingest/ingest-files.ts';
import { type Input, openInput } from '../ingest/open-input.ts';
import { type Session, withSession } from './session.ts';

interface IngestFlags {
  accounts?: string;
  exchanges?: string;
  releases?: string;
  format: string;
  json: boolean;
}

/** `retort ingest`: loads files of records. 1 for a file that cannot be read or holds no record, 2 where none is named. */
export function ingestCommand(): Command {
  return new Command('ingest')
    .description('load accounts, exchanges and model releases from NDJSON files')
    .option('--accounts <file>', 'accounts; - is standard input, .gz is unpacked')
    .option('--exchanges <file>', 'exchanges; - is standard input, .gz is unpacked')
    .option('--releases <file>', 'model releases; - is standard input, .gz is unpacked')
    .addOption(
      new Option('--format <name>', 'format of the exchanges')
        .choices(adapters.map(({ name }) => name))
        .default(adapters[0].name),
    )
    .option('--json', 'print the counts as JSON', false)
    .action(ingest);
}

async function ingest(flags: IngestFlags, command: Command): Promise<void> {
  const files = [flags.releases, flags.accounts, flags.exchanges].filter((file) => file !== undefined);
  if (files.length === 0) {
    command.error('error: name at least one file with --exchanges, --accounts or --releases', { exitCode: 2 });
  }
  if (files.filter((file) => file === '-').length > 1) {
    command.error('error: standard input (-) can be only one of the files', { exitCode: 2 });
  }
  const start = performance.now();
  const config = readConfig(undefined, ['fingerprintKey']);
  // Opened before the database: a wrong path is told at once, and before anything is loaded.
  const inputs = await openAll(flags);
  const progress = showProgress();
  const work = async ({ database, signal }: Session) =>
    ingestFiles({
      ...inputs,
      pool: database.pool,
      secret: await fingerprintKey(config),
      clock: Date.now,
      adapter: adapterOf(flags.format),
      signal,
      disk: database.disk,
      onProgress: progress.update,
    });
  const counts = await withSession(work, config).finally(progress.stop);
  const seconds = Math.round((performance.now() - start) / 100) / 10;
  process.stdout.write(flags.json ? `${JSON.stringify({ ...counts, seconds })}\n` : summary(counts, inputs, seconds));
  refuseStrangers(counts, inputs);
}

/** A file of which no line is a record is the wrong file, or in another encoding: a script must not take it for done. */
function refuseStrangers(counts: IngestCounts, { releases, accounts, exchanges }: Inputs): void {
  if (counts.quarantined === 0) return;
  const strangers = [
    counts.releases === 0 ? releases : undefined,
    counts.accounts === 0 ? accounts : undefined,
    counts.accepted + counts.duplicates === 0 ? exchanges : undefined,
  ].flatMap((input) => input?.name ?? []);
  if (strangers.length === 0) return;
  throw new Error(
    `no record was found in ${strangers.join(', ')}: is it UTF-8, with one object of the right kind a line? The table quarantine says why, line by line.`,
  );
}

async function openAll({ releases, accounts, exchanges }: IngestFlags): Promise<Inputs> {
  const open = (file: string | undefined) => (file === undefined ? undefined : openInput(file));
  return { releases: await open(releases), accounts: await open(accounts), exchanges: await open(exchanges) };
}

function summary(counts: IngestCounts, inputs: Inputs, seconds: number): string {
  const lines = [
    ...(inputs.releases ? [`${counts.releases} releases`] : []),
    ...(inputs.accounts ? [`${counts.accounts} accounts`] : []),
    ...(inputs.exchanges ? [`${counts.accepted} exchanges, ${counts.duplicates} duplicates left out`] : []),
    ...(counts.quarantined > 0 ? [`${counts.quarantined} lines in quarantine: see the table quarantine for why`] : []),
  ];
  return `${lines.join('\n')}\nin ${seconds} s\n`;
}

const MEGABYTE = 1024 * 1024;

/** A bar over the bytes of the file that is being read. Nothing is drawn where standard error is no terminal. */
function showProgress(): { update: (input: Input) => void; stop: () => void } {
  const stream = process.stderr;
  if (!stream.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({ stream, format: '{name} {bar} {percentage}% | {rate} MB/s | {eta_formatted} left' });
  let current: string | undefined;
  let startedAt = 0;
  return {
    update({ name, bytes, readBytes }) {
      // The size of standard input is not known, so there is nothing to draw.
      if (bytes === undefined) return;
      const megabytes = readBytes() / MEGABYTE;
      if (name !== current) {
        bar.stop();
        bar.start(bytes / MEGABYTE, 0, { name, rate: '0.0' });
        current = name;
        startedAt = performance.now();
      }
      const seconds = (performance.now() - startedAt) / 1000;
      bar.update(megabytes, { rate: seconds > 0 ? (megabytes / seconds).toFixed(1) : '0.0' });
    },
    stop: () => bar.stop(),
  };
}
