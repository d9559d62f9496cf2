import type { Campaign } from '../campaigns/campaign.ts';
import { Digest } from '../campaigns/digest.ts';
import { isBroadcast, Reply } from '../campaigns/reply.ts';
import { loadCampaign } from '../db/campaign.ts';
import { type Delivery, pendingRoots } from '../db/outbox.ts';
import type { Database } from '../db/query.ts';
import { campaignReply } from '../slack/blocks/campaign-reply.ts';
import { campaignRoot } from '../slack/blocks/campaign-root.ts';
import { type Card, prepareCard, readAction } from './prepare-card.ts';
import { digestMessage } from '../slack/blocks/digest.ts';
import type { Message } from '../slack/blocks/message.ts';
import type { People } from '../slack/people.ts';

/** What a row comes to at this moment: the campaign's present state, not the one it was queued for. */
export type Prepared =
  | { type: 'post_root'; campaign: Campaign; message: Message; covers: string[] }
  | { type: 'update_root'; campaign: Campaign; post: NonNullable<Campaign['post']>; message: Message; covers: string[] }
  | { type: 'reply'; campaign: Campaign; post: NonNullable<Campaign['post']>; message: Message; broadcast: boolean }
  | { type: 'digest'; message: Message }
  | Card
  /** The row can never be sent. */
  | { type: 'impossible'; why: string };

export interface PrepareOptions {
  db: Database;
  people: People;
  /** Whom a digest's waits are for, by id or handle. */
  respondersGroup?: string | undefined;
}

export function prepareDelivery(row: Delivery, options: PrepareOptions): Promise<Prepared> {
  if (row.kind === 'digest') return prepareDigest(row, options);
  if (row.kind === 'proposal') return prepareCard(row, options);
  return row.kind === 'campaign_root' ? prepareRoot(row, options.db) : prepareReply(row, options);
}

async function prepareRoot(row: Delivery, db: Database): Promise<Prepared> {
  if (row.campaign === null) return { type: 'impossible', why: 'names no campaign' };
  // Before the campaign is read: what was queued by now, this message will show.
  const covers = await pendingRoots(db, row.campaign);
  const campaign = await loadCampaign(db, row.campaign);
  if (campaign === undefined) return { type: 'impossible', why: 'its campaign is gone' };
  const message = campaignRoot(campaign, await readAction(db, row.campaign));
  return campaign.post === null
    ? { type: 'post_root', campaign, message, covers }
    : { type: 'update_root', campaign, post: campaign.post, message, covers };
}

async function prepareReply(row: Delivery, { db, people }: PrepareOptions): Promise<Prepared> {
  const reply = Reply.safeParse(row.payload);
  if (!reply.success) return { type: 'impossible', why: 'its payload is no reply' };
  const campaign = row.campaign === null ? undefined : await loadCampaign(db, row.campaign);
  if (campaign === undefined) return { type: 'impossible', why: 'its campaign is gone' };
  // Another worker found the root gone after this row was claimed; the lease brings the row back.
  if (campaign.post === null) throw new Error(`${campaign.id} has lost its root message`);
  const by = 'by' in reply.data ? await people.nameOf(reply.data.by) : '';
  const message = campaignReply(campaign, reply.data, () => by);
  return { type: 'reply', campaign, post: campaign.post, message, broadcast: isBroadcast(reply.data) };
}

async function prepareDigest(row: Delivery, { people, respondersGroup }: PrepareOptions): Promise<Prepared> {
  const digest = Digest.safeParse(row.payload);
  if (!digest.success) return { type: 'impossible', why: 'its payload is no digest' };
  const names = new Map<string, string>();
  for (const { actor } of digest.data.decided) names.set(actor, await people.nameOf(actor));
  return {
    type: 'digest',
    message: digestMessage(digest.data, { nameOf: (actor) => names.get(actor) ?? actor, respondersGroup }),
  };
}
