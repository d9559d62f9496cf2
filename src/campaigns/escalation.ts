import { z } from 'zod';
import { type Campaign, Family, Kind, Severity, Status } from './campaign.ts';
import type { Decision } from './effect.ts';

/** Whom a campaign can be taken to, outside of its channel. */
export const TARGETS = ['pagerduty', 'webhook', 'legal'] as const;
export const Target = z.enum(TARGETS);
export type Target = z.output<typeof Target>;

/** What the other side is told of, in this order. */
export const EVENT_KINDS = ['trigger', 'acknowledge', 'resolve'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** What a person saw of a campaign when they escalated it. Times are epoch milliseconds. */
export const EscalationSeen = z.object({
  status: Status,
  severity: Severity,
  accounts: z.number().int(),
  confidence: z.number(),
  acknowledgedAt: z.number().nullable(),
});
type EscalationSeen = z.output<typeof EscalationSeen>;

/** Times are epoch milliseconds. */
export interface Escalation {
  number: number;
  campaign: number;
  target: Target;
  by: string;
  at: number;
  reason: string;
  seen: EscalationSeen;
  /** Where legal is told. */
  channel: string | null;
  acknowledgedAt: number | null;
}

/** An escalation as a campaign's message shows it. */
export type EscalationView = Pick<Escalation, 'target' | 'by' | 'at'> & { state: 'under_way' | 'there' | 'failed' };

/** An escalation in a list, with what came of it. Times are epoch milliseconds. */
export const EscalationRecord = z.object({
  campaign: z.number().int(),
  target: Target,
  by: z.string(),
  at: z.number(),
  reason: z.string(),
  state: z.enum(['under_way', 'there', 'failed', 'over']),
  /** When the other side was told that the campaign is acknowledged, and that it is over. */
  acknowledgedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});
export type EscalationRecord = z.output<typeof EscalationRecord>;

/**
 * What leaves the house: figures and a person's words. Never an account's name, nor text of an exchange. It is kept as it
 * was, so that a repeated message is the same message.
 */
export const EscalationFacts = z.object({
  campaign: z.string(),
  /** The same over all that concerns one campaign, and no other's of any database. */
  dedupKey: z.string(),
  kind: Kind,
  status: Status,
  severity: Severity,
  confidence: z.number(),
  accounts: z.number().int(),
  exchanges: z.number().int(),
  firstExchangeAt: z.number().nullable(),
  lastExchangeAt: z.number().nullable(),
  families: z.array(Family),
  detections: z.array(z.string()),
  mergedInto: z.string().nullable(),
  /** Why it was escalated. */
  reason: z.string(),
  /** Who did what this tells of: a Slack user id, or `retort`. */
  by: z.string(),
  at: z.number(),
  /** To the campaign's message. */
  link: z.string().nullable(),
});
export type EscalationFacts = z.output<typeof EscalationFacts>;

export type EscalateRefusal =
  | { reason: 'already'; target: Target; by: string; at: number }
  | { reason: 'ended'; status: Status };

/** A person takes a campaign to somebody else; it stays as it is, and waits for an answer as before. */
export function escalateCampaign(
  campaign: Campaign,
  escalating: { actor: string; now: number; target: Target; why: string; present: Escalation | undefined },
): Decision<EscalateRefusal> {
  const { actor, now, target, why, present } = escalating;
  const { status } = campaign;
  if (present !== undefined) return { ok: false, reason: 'already', target, by: present.by, at: present.at };
  // Evidence of what was acted upon is still to be preserved; nobody is to be woken for it.
  const isOver = status === 'dismissed' || status === 'merged' || (status === 'contained' && target !== 'legal');
  if (isOver) return { ok: false, reason: 'ended', status };
  return {
    ok: true,
    campaign,
    effects: [
      { type: 'audit', action: 'campaign.escalate', reason: why, detail: { target, seen: escalationSeen(campaign) } },
      { type: 'reply', reply: { type: 'escalated', at: now, by: actor, target, why } },
    ],
  };
}

export function escalationSeen(campaign: Campaign): EscalationSeen {
  const { status, severity, accountCount: accounts, confidence, acknowledgedAt } = campaign;
  return { status, severity, accounts, confidence, acknowledgedAt };
}

/** What the other side is to be told of a campaign as it is now; undefined where that is nothing new. */
export function escalationNews(
  { status, acknowledgedAt }: Campaign,
  escalation: Pick<Escalation, 'seen' | 'acknowledgedAt'>,
): 'acknowledge' | 'resolve' | undefined {
  const { seen } = escalation;
  const isOver = status === 'contained' || status === 'dismissed' || status === 'merged';
  // Legal may have been told of what was contained already.
  if (isOver) return status === seen.status ? undefined : 'resolve';
  // Who escalates what they have themselves wants somebody else: only what came after answers that.
  const isAnswered = acknowledgedAt !== null && acknowledgedAt !== seen.acknowledgedAt;
  return isAnswered && escalation.acknowledgedAt === null ? 'acknowledge' : undefined;
}

export function escalationFacts(
  campaign: Campaign,
  { reason, by, at, link }: Pick<EscalationFacts, 'reason' | 'by' | 'at' | 'link'>,
): EscalationFacts {
  const { id, kind, status, severity, confidence, firstExchangeAt, lastExchangeAt, families, detections } = campaign;
  return {
    campaign: id,
    dedupKey: `retort:${id}:${campaign.createdAt.toString(36)}`,
    kind,
    status,
    severity,
    confidence,
    accounts: campaign.accountCount,
    exchanges: campaign.exchangeCount,
    firstExchangeAt,
    lastExchangeAt,
    families,
    detections,
    mergedInto: campaign.mergedInto,
    reason,
    by,
    at,
    link,
  };
}
