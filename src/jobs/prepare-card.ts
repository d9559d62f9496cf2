import type { ActionView } from '../campaigns/action-view.ts';
import { blockedBy } from '../campaigns/judge-proposal.ts';
import { OPEN_STATES, type Proposal, ProposalPayload } from '../campaigns/proposal.ts';
import { readFailures, readTally } from '../db/action-ledger.ts';
import { loadCampaign } from '../db/campaign.ts';
import { type Delivery, pendingCards } from '../db/outbox.ts';
import { readStanding } from '../db/plan-action.ts';
import { latestAction, loadProposal } from '../db/proposal.ts';
import type { Database } from '../db/query.ts';
import { actionCard } from '../slack/blocks/action-card.ts';
import { namesFor } from '../slack/people.ts';
import { alertTarget } from './alert-target.ts';
import type { Prepared, PrepareOptions } from './prepare-delivery.ts';

type Post = NonNullable<Proposal['post']>;

/** A proposal's message: in its campaign's thread, or in the alert channel where the campaign has no message. */
export type Card =
  | { type: 'post_card'; proposal: number; root: Post | null; covers: string[] }
  | { type: 'update_card'; proposal: number; post: Post; covers: string[] };

export async function prepareCard(row: Delivery, options: PrepareOptions): Promise<Prepared> {
  const { db, people } = options;
  const payload = ProposalPayload.safeParse(row.payload);
  if (!payload.success || row.campaign === null) return { type: 'impossible', why: 'its payload names no proposal' };
  const { proposal: number } = payload.data;
  // Before the proposal is read: what was queued by now, this message will show.
  const covers = await pendingCards(db, number);
  const campaign = await loadCampaign(db, row.campaign);
  const proposal = await loadProposal(db, number);
  if (campaign === undefined || proposal === undefined) return { type: 'impossible', why: 'its proposal is gone' };
  // By name: a mention would call people to what they just did.
  const nameOf = await namesFor(people, actorsOf(proposal));
  const target = alertTarget(campaign.severity, options);
  const message = actionCard(await viewOf(db, proposal), nameOf);
  const common = { proposal: number, message, target, covers };
  if (proposal.post !== null) return { type: 'update_card', ...common, post: proposal.post };
  // Another worker found the root gone after this row was claimed; the lease brings the row back.
  if (campaign.post === null && campaign.alertedAt !== null)
    throw new Error(`${campaign.id} has lost its root message`);
  return { type: 'post_card', ...common, root: campaign.post };
}

/** The newest action on a campaign, for its root message. */
export async function readAction(db: Database, campaign: number): Promise<ActionView | undefined> {
  const proposal = await latestAction(db, campaign);
  return proposal === undefined ? undefined : viewOf(db, proposal);
}

function actorsOf({ proposedBy, approvals, closed }: Proposal): string[] {
  return [proposedBy, ...approvals.map(({ by }) => by), ...(closed === null ? [] : [closed.by])];
}

async function viewOf(db: Database, proposal: Proposal): Promise<ActionView> {
  const campaign = OPEN_STATES.includes(proposal.state) ? await loadCampaign(db, proposal.campaign) : undefined;
  const blocked = campaign === undefined ? undefined : blockedBy(proposal.action, await readStanding(db, campaign));
  return {
    proposal,
    tally: await readTally(db, proposal.number),
    failures: await readFailures(db, proposal.number),
    blocked: blocked ?? null,
  };
}
