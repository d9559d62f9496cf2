import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { judgeEnd } from '../campaigns/exception.ts';
import { importIndicators, type IndicatorSource, listIndicatorSources, removeIndicators } from '../db/indicator.ts';
import { keyIdOf } from '../dossier-maker.ts';
import {
  type Format,
  FORMATS,
  readIndicators,
  type Skipped,
  type ToldIndicator,
} from '../evidence/sharing/read-indicators.ts';
import { visible } from '../evidence/visible.ts';
import { fingerprintKey } from '../fingerprint-key.ts';
import { withSession } from './session.ts';

interface ImportOptions {
  format?: Format;
  source: string;
  expires: number;
  json: boolean;
}

function time(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be a date such as 2026-12-31.');
  const end = judgeEnd(at, Date.now());
  if (end.ok) return at;
  throw new InvalidArgumentError(end.reason === 'past' ? 'It has passed.' : 'It is more than a year away.');
}

/** It stands in alerts: nothing that could be markup or disguise. */
function sourceName(text: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} .&()-]{0,63}$/u.test(text)) return text;
  throw new InvalidArgumentError('It must be a name of letters, digits, spaces and . & ( ) -, at most 64.');
}

export function indicatorsCommand(): Command {
  const indicators = new Command('indicators').description('what other labs told of campaigns of theirs');
  indicators
    .command('import')
    .description('take in a file of traits under a common key; matches become evidence, until they expire')
    .argument('<file>', 'a STIX 2.1 bundle, or CSV with the columns trait, key_id, note, valid_until')
    .requiredOption('--source <name>', 'whose they are', sourceName)
    .requiredOption('--expires <date>', 'until when they hold, at most a year', time)
    .addOption(new Option('--format <format>', 'default: csv where the name ends so, else stix').choices([...FORMATS]))
    .option('--json', 'print what was taken in as JSON', false)
    .action(async (file: string, options: ImportOptions) => {
      const outcome = await take(file, options);
      process.stdout.write(`${options.json ? JSON.stringify(outcome) : takenText(outcome)}\n`);
    });
  indicators
    .command('list')
    .description('the sources, how many indicators each told, until when, and how many accounts bear one')
    .option('--json', 'print them as JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      const sources = await withSession(({ database }) => listIndicatorSources(database.pool, Date.now()));
      const lines = sources.map(sourceText);
      process.stdout.write(
        `${json ? JSON.stringify({ sources: sources.map(sourceRecord) }) : lines.join('\n') || 'none'}\n`,
      );
    });
  indicators
    .command('remove')
    .description('take away all that a source told')
    .argument('<source>', 'as list names it')
    .requiredOption('--reason <text>', 'why, for the audit')
    .action(async (source: string, { reason }: { reason: string }) => {
      const by = { actor: operator(), now: Date.now(), reason };
      const removed = await withSession(({ database }) => removeIndicators(database.pool, source, by));
      if (removed === 0)
        throw new Error(`nothing is there from ${visible(source)}; retort indicators list names the sources`);
      process.stdout.write(`${removed} indicators of ${visible(source)} removed\n`);
    });
  return indicators;
}

interface Taken {
  source: string;
  added: number;
  renewed: number;
  skipped: Skipped[];
}

async function take(file: string, { format, source, expires }: ImportOptions): Promise<Taken> {
  const read = readIndicators(await readFile(file, 'utf8'), format ?? (file.endsWith('.csv') ? 'csv' : 'stix'));
  if (!read.ok) throw new Error(`${file} cannot be taken in: ${read.problem}`);
  return withSession(async ({ config, database }) => {
    const now = Date.now();
    const keyId = keyIdOf(await fingerprintKey(config));
    const skipped = [...read.skipped];
    const usable = read.indicators.filter((each) => {
      const reason = unusable(each, keyId, now);
      if (reason !== undefined) skipped.push({ where: each.trait.toString(), reason });
      return reason === undefined;
    });
    if (usable.length === 0) {
      const first =
        skipped[0] === undefined
          ? 'it holds none'
          : `${skipped.length} skipped, the first because it ${skipped[0].reason}`;
      throw new Error(`${file} has no indicator that can be compared: ${first}`);
    }
    const told = usable.map(({ trait, note, validUntil }) => ({
      trait,
      note,
      expiresAt: Math.min(expires, validUntil ?? expires),
    }));
    return { source, ...(await importIndicators(database.pool, source, told, { actor: operator(), now })), skipped };
  });
}

function unusable({ keyId, validUntil }: ToldIndicator, ownKeyId: string, now: number): string | undefined {
  if (keyId !== ownKeyId) return `was made with another key (${visible(keyId).slice(0, 40)}; ours is ${ownKeyId})`;
  return validUntil !== null && validUntil <= now ? 'has ended' : undefined;
}

/** Who the audit names. */
function operator(): string {
  try {
    return `cli:${userInfo().username}`;
  } catch {
    // A container may run under a number that has no name.
    return 'cli';
  }
}

function takenText({ source, added, renewed, skipped }: Taken): string {
  const lines = skipped.slice(0, 20).map(({ where, reason }) => `  ${visible(where)} ${reason}`);
  const more = skipped.length > lines.length ? [`  … and ${skipped.length - lines.length} more`] : [];
  return [`${source}: ${added} added, ${renewed} renewed, ${skipped.length} skipped`, ...lines, ...more].join('\n');
}

const date = (at: number): string => new Date(at).toISOString();

const sourceText = ({ source, indicators, expired, last_expires_at, accounts }: IndicatorSource): string =>
  `${source}: ${indicators} indicators, ${expired} of them expired, the last holds until ${date(last_expires_at)}; ${accounts} accounts bear one`;

const sourceRecord = (source: IndicatorSource) => ({
  ...source,
  first_expires_at: date(source.first_expires_at),
  last_expires_at: date(source.last_expires_at),
});
