import type { Campaign } from './campaign.ts';
import type { Reply } from './reply.ts';

/** What a decision wants done besides the campaign's new state; written in the same transaction. */
export type Effect =
  | { type: 'audit'; action: string; reason: string; detail?: Record<string, unknown> }
  | { type: 'reply'; reply: Reply };

/** A change with its effects, or a refusal with its reason and what the person should be told. */
export type Decision<Refusal extends { reason: string }> =
  | { ok: true; campaign: Campaign; effects: Effect[] }
  | ({ ok: false } & Refusal);
