import { Command, InvalidArgumentError } from 'commander';
import { type Step, STEPS } from '../campaigns/backtest.ts';
import type { FileProblem } from '../detections/own-detections.ts';
import { backtest } from '../jobs/backtest.ts';
import { detect } from '../jobs/detect.ts';
import { rollUp } from '../jobs/roll-up.ts';
import { backtestPage, backtestRecord } from './backtest-text.ts';
import { loadDetections } from './load-detections.ts';
import { withSession } from './session.ts';
import { timeArgument } from './time-argument.ts';

function parameters(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new InvalidArgumentError('It must be a JSON object such as {"minAccounts":5}.');
}

function step(text: string): Step {
  if (text in STEPS) return text as Step;
  throw new InvalidArgumentError('It must be day or hour.');
}

interface Options {
  asOf?: number;
  detection?: string;
  from?: number;
  to?: number;
  params?: Record<string, unknown>;
  step?: Step;
  dryRun: boolean;
  json: boolean;
}

export function detectCommand(): Command {
  return new Command('detect')
    .description('bring the roll-ups up to date and run every detection once; or one of them over history')
    .option('--as-of <time>', 'the clock of this run; default: now', timeArgument)
    .option('--dry-run', 'write nothing, and say what would be done', false)
    .option(
      '--detection <id>',
      'one detection over history, with --dry-run: what it would catch, and whom it would hit',
    )
    .option('--from <time>', 'of that history; default: a week before its end', timeArgument)
    .option('--to <time>', 'its end; default: what is closed', timeArgument)
    .option('--params <json>', 'over the detection’s own parameters', parameters)
    .option('--step <day|hour>', 'from one window of that history to the next', step)
    .option('--json', 'print what came of it as JSON', false)
    .action(async (options: Options, command: Command) => {
      const wrong = wrongUse(options);
      if (wrong !== undefined) command.error(`error: ${wrong}`, { exitCode: 2 });
      await (options.detection === undefined ? runAll(options) : runBacktest(options.detection, options));
    });
}

function wrongUse({ detection, dryRun, asOf, from, to, params, step: steps }: Options): string | undefined {
  if (detection === undefined) {
    const needs = Object.entries({ '--from': from, '--to': to, '--params': params, '--step': steps });
    const lone = needs.find(([, value]) => value !== undefined);
    return lone === undefined ? undefined : `${lone[0]} is for one detection: name it with --detection`;
  }
  if (!dryRun) return 'one detection alone makes no campaigns: --detection needs --dry-run';
  return asOf === undefined ? undefined : '--as-of is for a run of all detections; take --from and --to';
}

async function runAll({ asOf, dryRun, json }: Options): Promise<void> {
  const result = await withSession(async (session) => {
    const { config, log } = session;
    const { pool } = session.database;
    const now = asOf ?? Date.now();
    const { detections, problems } = await loadDetections(session);
    if (!dryRun) await rollUp({ pool, now, allowedLatenessMs: config.allowedLatenessMs });
    return { ...(await detect({ pool, detections, now, log, dryRun })), notLoaded: problems };
  });
  process.stdout.write(`${json ? JSON.stringify(result) : describe(result, dryRun)}\n`);
  if (result.failed.length > 0) throw new Error(`${result.failed.length} detections failed; the log says why`);
}

async function runBacktest(id: string, { from, to, params, step: steps, json }: Options): Promise<void> {
  const result = await withSession(async (session) => {
    const { detections } = await loadDetections(session);
    const detection = detections.find((each) => each.id === id);
    if (detection === undefined) throw new Error(`there is no detection ${id}: there are ${namesOf(detections)}`);
    const { pool } = session.database;
    const now = Date.now();
    const outcome = await backtest({
      pool,
      detection,
      params,
      from,
      to,
      step: steps ?? 'day',
      now,
      signal: session.signal,
    });
    if (!outcome.ok) throw new Error(outcome.says);
    return outcome.backtest;
  });
  process.stdout.write(`${json ? JSON.stringify(backtestRecord(result)) : backtestPage(result)}\n`);
  if (result.failed.length > 0) throw new Error(`${result.failed.length} windows failed; they stand in the report`);
}

const namesOf = (detections: readonly { id: string }[]): string => detections.map(({ id }) => id).join(', ');

function describe(result: Awaited<ReturnType<typeof detect>> & { notLoaded: FileProblem[] }, dryRun: boolean): string {
  const problems = result.notLoaded.map(
    ({ file, field, what, kept }) =>
      `not loaded: ${file}${field === undefined ? '' : `, ${field}`}: ${what}${kept ? '; the version before goes on' : ''}`,
  );
  if (result.windowEnd === null) {
    const why = dryRun
      ? 'nothing was rolled up yet, which a dry run leaves as it is: retort detect, or retort start, does it'
      : 'nothing was ingested yet: retort ingest loads exchanges';
    return [why, ...problems].join('\n');
  }
  const lines = result.campaigns.map(
    ({ id, decision, accounts }) => `${id ?? 'new'}: ${accounts} accounts, ${decision}`,
  );
  const end = new Date(result.windowEnd).toISOString();
  const at = (windowEnd: number): string => `the window to ${new Date(windowEnd).toISOString()}`;
  return [
    `window closed to ${end}: ${result.hits} hits, ${lines.length} campaigns`,
    ...lines,
    ...result.missed.map(
      ({ detection, windowEnd, reason }) => `${detection} ${reason.replace('_', ' ')}: missed ${at(windowEnd)}`,
    ),
    ...result.caughtUp.map(({ detection, windowEnd }) => `${detection} caught up on ${at(windowEnd)}`),
    ...problems,
  ].join('\n');
}
