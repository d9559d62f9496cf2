import type pg from 'pg';
import type { Permission, Role } from '../slack/roles.ts';
import type { AccountService } from '../enforcement/account-webhook.ts';
import { claimProposal, type HeldProposal, releaseProposal } from '../db/proposal.ts';
import { expireProposals } from '../db/proposal-control.ts';
import type { Log } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { finishAction, refuseAction } from './finish-action.ts';
import { keepBatch, type Step, takeStep } from './take-step.ts';

/** Where a worker may die, in order; fault tests do so at each. */
export type EnforcePoint = 'taken' | 'request_sent' | 'answered' | 'kept';

export interface EnforceOptions {
  pool: pg.Pool;
  /** Undefined where none is configured: live actions then wait. */
  service: AccountService | undefined;
  /** False: nothing is sent, whatever was approved. */
  live: boolean;
  /** Whether people may still do what they did; asked again before anything is sent. */
  may: (user: string, role: Role) => Promise<Permission>;
  clock: { now(): number; sleep(ms: number): Promise<void> };
  /** 0 to 1; spreads the waits of workers that failed together. */
  random: () => number;
  log: Log;
  /** Accounts in a request, and the least time between two. */
  batchSize: number;
  paceMs: number;
  onPoint?: (point: EnforcePoint) => void | Promise<void>;
  /** Aborted when the program ends: the batch under way is the last. */
  signal?: AbortSignal;
}

/** How many accounts came to what in one round. */
export type EnforceResult = { done: number; failed: number; unknown: number; again: number };

const LEASE_MS = 60_000;
/** How soon a frozen, held or unconfigured action is looked at again. */
const BLOCKED_MS = 5_000;
/** So many requests in a row without an answer, and the service is left alone for a while. */
const SILENT = 3;

/**
 * A worker on approved proposals. Each call carries out what is due; calls of one worker must not overlap, workers may.
 * All it knows is in the ledger, so another can go on wherever it stopped.
 */
export function createEnforcer(options: EnforceOptions): () => Promise<EnforceResult> {
  const { pool, clock, log } = options;
  return async () => {
    const result: EnforceResult = { done: 0, failed: 0, unknown: 0, again: 0 };
    await expireProposals(pool, clock.now());
    while (options.signal?.aborted !== true) {
      const held = await claimProposal(pool, { now: clock.now(), leaseMs: LEASE_MS });
      if (held === undefined) break;
      await carryOut(held, options, result).catch((fault: unknown) => {
        log.error(
          { err: fault, proposal: held.proposal.number },
          'an action was interrupted; its lease brings it back',
        );
      });
    }
    return result;
  };
}

async function carryOut(held: HeldProposal, options: EnforceOptions, result: EnforceResult): Promise<void> {
  const { pool, clock } = options;
  const permitted = await stillPermitted(held, options);
  if (permitted === 'unavailable') return releaseProposal(pool, held, clock.now() + BLOCKED_MS);
  if (permitted === 'no') return refuseAction(pool, held, clock.now());
  let silent = 0;
  for (;;) {
    const service = options.live || held.proposal.dryRun ? options.service : undefined;
    const step = await takeStep(pool, held, {
      now: clock.now(),
      leaseMs: LEASE_MS,
      most: options.batchSize,
      blockedMs: BLOCKED_MS,
      isConnected: service !== undefined || held.proposal.dryRun,
    });
    if (step.kind === 'finished') return finishAction(pool, held, clock.now());
    if (step.kind !== 'batch' || service === undefined) return;
    silent = (await ask(held, step, service, options, result)) ? silent + 1 : 0;
    if (options.signal?.aborted === true) return releaseProposal(pool, held, clock.now());
    if (silent >= SILENT) return releaseProposal(pool, held, clock.now() + backoffMs(silent, options.random()));
    await clock.sleep(options.paceMs);
  }
}

/** Sends one batch and keeps what came of it; true when the service did not answer. */
async function ask(
  held: HeldProposal,
  { batch }: Extract<Step, { kind: 'batch' }>,
  service: AccountService,
  options: EnforceOptions,
  result: EnforceResult,
): Promise<boolean> {
  const { pool, clock, random, log } = options;
  const onPoint = options.onPoint ?? (() => {});
  await onPoint('taken');
  const asking = service.ask(held.proposal, batch, clock.now());
  await onPoint('request_sent');
  const answer = await asking;
  await onPoint('answered');
  if (answer.kind !== 'results') {
    log.warn(
      { proposal: held.proposal.number, batch: batch.id, error: answer.error },
      `the account service: ${answer.kind}`,
    );
  }
  const waitMs = (attempt: number) => backoffMs(attempt, random());
  const kept = await keepBatch(pool, held, batch, answer, { now: clock.now(), leaseMs: LEASE_MS, waitMs });
  await onPoint('kept');
  for (const outcome of kept) {
    if (outcome.state === 'done' || outcome.state === 'failed') result[outcome.state] += 1;
    else if (outcome.state === 'given_up') result.unknown += 1;
    else result.again += 1;
  }
  return answer.kind === 'unknown' || answer.kind === 'later';
}

/** Whoever lost their role since they signed signs for nothing any more. */
async function stillPermitted(
  { proposal }: HeldProposal,
  { may }: EnforceOptions,
): Promise<'yes' | 'no' | 'unavailable'> {
  if (proposal.state !== 'approved') return 'yes';
  const asked = [
    await may(proposal.proposedBy, 'responder'),
    ...(await Promise.all(proposal.approvals.map(({ by }) => may(by, 'approver')))),
  ];
  if (asked.some((permission) => !permission.ok && permission.reason !== 'unavailable')) return 'no';
  return asked.every((permission) => permission.ok) ? 'yes' : 'unavailable';
}
