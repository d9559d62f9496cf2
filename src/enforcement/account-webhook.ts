import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { formatProposalId, type Proposal } from '../campaigns/proposal.ts';
import type { AccountResult, BatchAnswer } from '../campaigns/settle-batch.ts';
import type { PostWebhook, WebhookOutcome } from './post-webhook.ts';

/** What goes into one request; `id` and `accounts` stay as they are when it is repeated. */
interface AccountBatch {
  id: string;
  rows: readonly { accountId: string; key: string }[];
}

/** Whoever can suspend, ban and restore accounts. Never throws for what the other side does. */
export interface AccountService {
  ask(proposal: Proposal, batch: AccountBatch, now: number): Promise<BatchAnswer>;
}

const Answer = z.object({
  results: z.array(
    z.object({
      idempotency_key: z.string(),
      status: z.enum(['done', 'failed']),
      reason: z.string().optional(),
      /** A failure that may pass. */
      retry: z.boolean().optional(),
    }),
  ),
});

/** The account service behind a webhook, as docs/enforcement-openapi.yaml has it. */
export function createAccountService(post: PostWebhook): AccountService {
  return {
    async ask(proposal, batch, now) {
      return readAnswer(await post({ id: `msg_${batch.id}`, body: bodyOf(proposal, batch), at: now }));
    },
  };
}

/** Made of nothing that changes between attempts: a repeated message is the same message. */
function bodyOf(proposal: Proposal, batch: AccountBatch): string {
  const { action, campaign, number, digest, accountCount, reason, proposedBy, approvals } = proposal;
  return JSON.stringify({
    type: `accounts.${action}`,
    timestamp: new Date(approvals.at(-1)?.at ?? proposal.proposedAt).toISOString(),
    data: {
      action,
      campaign: formatCampaignId(campaign),
      proposal: formatProposalId(number),
      list: { sha256: digest, accounts: accountCount },
      reason,
      proposed_by: proposedBy,
      approved_by: approvals.map(({ by }) => by),
      accounts: batch.rows.map(({ accountId, key }) => ({ account_id: accountId, idempotency_key: key })),
    },
  });
}

function readAnswer(outcome: WebhookOutcome): BatchAnswer {
  if (outcome.kind === 'never_sent') return { kind: 'later', error: outcome.error };
  if (outcome.kind === 'unknown') return { kind: 'unknown', error: outcome.error };
  const { status, body, retryAfterMs: afterMs } = outcome;
  const error = `http_${status}`;
  if (status === 429) return { kind: 'later', error, afterMs };
  if (status >= 500 || status < 200) return { kind: 'unknown', error, afterMs };
  if (status >= 300) return { kind: 'refused', error };
  const answer = Answer.safeParse(parse(body));
  if (!answer.success) return { kind: 'unknown', error: 'not_an_answer' };
  return { kind: 'results', results: byKey(answer.data.results) };
}

function byKey(results: z.output<typeof Answer>['results']): Map<string, AccountResult> {
  const known = new Map<string, AccountResult>();
  const contradicted = new Set<string>();
  for (const { idempotency_key: key, status, reason, retry } of results) {
    if (known.has(key) && known.get(key)?.status !== status) contradicted.add(key);
    const said = (reason ?? '').trim().slice(0, 200);
    known.set(
      key,
      status === 'done' ? { status } : { status, reason: said || 'no reason given', retry: retry ?? false },
    );
  }
  // Said to be done and not done: nobody knows, and it is asked again.
  for (const key of contradicted) known.delete(key);
  return known;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
