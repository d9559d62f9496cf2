import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { EscalationFacts, EVENT_KINDS, type EventKind, Target } from '../campaigns/escalation.ts';
import type { EscalationOutcome } from '../campaigns/settle-escalation.ts';
import { type Database, execute, maybeOne, one, Timestamp } from './query.ts';

const Row = z
  .object({
    event_id: z.number(),
    escalation_id: z.number(),
    campaign_id: z.number(),
    target: Target,
    kind: z.enum(EVENT_KINDS),
    message_id: z.string(),
    facts: EscalationFacts,
    attempts: z.number(),
    lease_token: z.string(),
    lease_until: Timestamp,
    created_at: Timestamp,
  })
  .transform((row) => ({
    number: row.event_id,
    escalation: row.escalation_id,
    campaign: row.campaign_id,
    target: row.target,
    kind: row.kind,
    messageId: row.message_id,
    facts: row.facts,
    /** This attempt's number, from 1. */
    attempt: row.attempts,
    token: row.lease_token,
    leaseUntil: row.lease_until,
    createdAt: row.created_at,
  }));
/** Something that the other side is to be told, held by this worker until its lease ends. */
export type HeldEvent = z.output<typeof Row>;

/** Asks for an event; the same one of an escalation twice is one. */
export async function enqueueEscalation(
  tx: Database,
  { escalation, kind, facts }: { escalation: number; kind: EventKind; facts: EscalationFacts },
  now: number,
): Promise<void> {
  await tx.query(
    sql`insert into escalation_event (escalation_id, kind, facts, not_before, created_at)
        values (${escalation}, ${kind}, ${JSON.stringify(facts)}, ${new Date(now)}, ${new Date(now)})
        on conflict do nothing`,
  );
}

/** Takes the oldest event to one of `targets` that is due; what concerns one campaign and target goes in order. */
export function claimEscalation(
  db: Database,
  { now, leaseMs, targets }: { now: number; leaseMs: number; targets: readonly Target[] },
): Promise<HeldEvent | undefined> {
  return maybeOne(
    db,
    Row,
    sql`
      update escalation_event held set state = 'sending', attempts = held.attempts + 1,
        lease_token = ${randomUUID()}, lease_until = ${new Date(now + leaseMs)}
      from escalation x
      where x.escalation_id = held.escalation_id and held.event_id = (
        select e.event_id from escalation_event e join escalation x using (escalation_id)
        where x.target = any(${[...targets]}::text[])
          and (e.state = 'pending' and e.not_before <= ${new Date(now)}
            or e.state = 'sending' and e.lease_until <= ${new Date(now)})
          and not exists (
            select from escalation_event earlier join escalation y using (escalation_id)
            where y.campaign_id = x.campaign_id and y.target = x.target and earlier.event_id < e.event_id
              and earlier.state in ('pending', 'sending'))
        order by e.not_before, e.event_id limit 1 for update of e skip locked)
      returning event_id, held.escalation_id, campaign_id, target, kind, message_id, facts, attempts, lease_token,
        lease_until, created_at`,
  );
}

/** Writes what came of it; false where another worker has it by now. */
export async function keepEscalation(
  tx: Database,
  { number, token }: Pick<HeldEvent, 'number' | 'token'>,
  outcome: EscalationOutcome,
  now: number,
): Promise<boolean> {
  const error = outcome.state === 'sent' ? null : outcome.error.slice(0, 200);
  const notBefore = new Date(outcome.state === 'pending' ? outcome.notBefore : now);
  const kept = await execute(
    tx,
    sql`update escalation_event set state = ${outcome.state}, last_error = ${error}, not_before = ${notBefore},
          settled_at = ${outcome.state === 'pending' ? null : new Date(now)}, lease_token = null, lease_until = null
        where event_id = ${number} and state = 'sending' and lease_token = ${token}`,
  );
  return kept === 1;
}

/** What was still to be told of an escalation that the other side never heard of. */
export async function dropEscalation(tx: Database, escalation: number, now: number): Promise<void> {
  await tx.query(
    sql`update escalation_event set state = 'dead', last_error = 'never_triggered', settled_at = ${new Date(now)}
        where escalation_id = ${escalation} and state = 'pending'`,
  );
}

/** The link that the first event bore. */
export async function triggerLink(db: Database, escalation: number): Promise<string | null> {
  const row = await maybeOne(
    db,
    z.object({ link: z.string().nullable() }),
    sql`select facts ->> 'link' as link from escalation_event
        where escalation_id = ${escalation} and kind = 'trigger'`,
  );
  return row?.link ?? null;
}

/** Since when the oldest event waits; null where none does. */
export async function oldestEscalation(db: Database): Promise<number | null> {
  const { since } = await one(
    db,
    z.object({ since: Timestamp.nullable() }),
    sql`select min(created_at) as since from escalation_event where state in ('pending', 'sending')`,
  );
  return since;
}
