import { SelfAlert } from '../campaigns/ailment.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { Digest, peopleIn } from '../campaigns/digest.ts';
import { peopleOf } from '../campaigns/change.ts';
import { Notice } from '../campaigns/notice.ts';
import { isBroadcast, Reply } from '../campaigns/reply.ts';
import type { Storm } from '../campaigns/storm.ts';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import { loadCampaign } from '../db/campaign.ts';
import { viewEscalations } from '../db/escalation.ts';
import { type Delivery, pendingRoots, pendingStorms } from '../db/outbox.ts';
import type { Database } from '../db/query.ts';
import { readStorm } from '../db/storm.ts';
import { campaignReply } from '../slack/blocks/campaign-reply.ts';
import { campaignRoot } from '../slack/blocks/campaign-root.ts';
import { changeMessage } from '../slack/blocks/change.ts';
import { digestMessage } from '../slack/blocks/digest.ts';
import { legalMessage, legalNews } from '../slack/blocks/legal.ts';
import { noticeMessage } from '../slack/blocks/notice.ts';
import { stormMessage } from '../slack/blocks/storm.ts';
import type { Message } from '../slack/blocks/message.ts';
import { selfAlertMessage } from '../slack/blocks/self-alert.ts';
import { namesFor, type People } from '../slack/people.ts';
import { groupText } from '../slack/escape-text.ts';
import type { UserGroups } from '../slack/user-groups.ts';
import { type AlertTargets, alertTarget } from './alert-target.ts';
import { type Card, prepareCard, readAction } from './prepare-card.ts';
import { replyMayWait, rootMayWait } from './quiet-hours.ts';

/** What a row comes to at this moment: the campaign's present state, not the one it was queued for. */
export type Prepared = Sendable /** The row can never be sent. */ | { type: 'impossible'; why: string };

/** `target` is the channel, by name or id, that the configuration has for it. */
export type Sendable = { message: Message; target: string } & (
  | { type: 'post_root'; campaign: Campaign; covers: string[]; mayWait: boolean }
  | { type: 'update_root'; campaign: Campaign; post: Place; covers: string[] }
  /** `risen`: another channel is to be told as well. */
  | { type: 'reply'; campaign: Campaign; post: Place; broadcast: boolean; mayWait: boolean; risen?: Notice | undefined }
  | { type: 'post_storm'; storm: Storm; covers: string[] }
  | { type: 'update_storm'; storm: Storm; post: Place; covers: string[] }
  | Card
  | { type: 'digest' }
  | { type: 'notice' | 'self_alert' }
);

type Place = NonNullable<Campaign['post']>;

export interface PrepareOptions extends AlertTargets {
  db: Database;
  people: People;
  /** Unset: groups are named, not called. */
  userGroups?: UserGroups | undefined;
  /** Whom a digest's waits are for, by id or handle. */
  respondersGroup?: string | undefined;
}

export function prepareDelivery(row: Delivery, options: PrepareOptions): Promise<Prepared> {
  switch (row.kind) {
    case 'campaign_root':
      return prepareRoot(row, options);
    case 'campaign_reply':
      return prepareReply(row, options);
    case 'proposal':
      return prepareCard(row, options);
    case 'digest':
      return prepareDigest(row, options);
    case 'storm':
      return prepareStorm(row, options);
    case 'notice':
      return prepareNotice(row, options);
    case 'self_alert':
      return Promise.resolve(prepareSelfAlert(row, options));
    case 'take_back':
      return Promise.resolve({ type: 'impossible', why: 'it takes posts back, and posts nothing' });
  }
  return row.kind satisfies never;
}

async function prepareRoot(row: Delivery, options: PrepareOptions): Promise<Prepared> {
  const { db } = options;
  if (row.campaign === null) return { type: 'impossible', why: 'names no campaign' };
  // Before the campaign is read: what was queued by now, this message will show.
  const covers = await pendingRoots(db, row.campaign);
  const campaign = await loadCampaign(db, row.campaign);
  if (campaign === undefined) return { type: 'impossible', why: 'its campaign is gone' };
  const message = campaignRoot(campaign, await readAction(db, row.campaign), await viewEscalations(db, row.campaign));
  const common = { campaign, message, covers, target: alertTarget(campaign.severity, options) };
  return campaign.post === null
    ? { type: 'post_root', ...common, mayWait: rootMayWait(campaign) }
    : { type: 'update_root', ...common, post: campaign.post };
}

async function prepareReply(row: Delivery, options: PrepareOptions): Promise<Prepared> {
  const { db, people } = options;
  const reply = Reply.safeParse(row.payload);
  if (!reply.success) return { type: 'impossible', why: 'its payload is no reply' };
  const campaign = row.campaign === null ? undefined : await loadCampaign(db, row.campaign);
  if (campaign === undefined) return { type: 'impossible', why: 'its campaign is gone' };
  const { id, post, severity } = campaign;
  // Another worker found the root gone after this row was claimed; the lease brings the row back.
  if (post === null) throw new Error(`${id} has lost its root message`);
  const person = 'by' in reply.data ? reply.data.by : 'holder' in reply.data ? reply.data.holder : undefined;
  const by = typeof person === 'string' ? await people.nameOf(person) : '';
  const called = reply.data.type === 'called' ? reply.data.group : null;
  return {
    type: 'reply',
    campaign,
    post,
    message: campaignReply(campaign, reply.data, () => by, await callOf(called, options)),
    target: alertTarget(severity, options),
    broadcast: isBroadcast(reply.data),
    mayWait: replyMayWait(reply.data),
    risen: risenOf(id, reply.data, post, options),
  };
}

/** A campaign stays where its thread is; a channel that its new severity belongs to is told of it. */
function risenOf(campaign: string, reply: Reply, post: Place, options: PrepareOptions): Notice | undefined {
  if (reply.type !== 'alert' || reply.reason !== 'escalated' || reply.before === null) return undefined;
  const { severity: from } = reply.before;
  const { severity: to } = reply.after;
  const target = alertTarget(to, options);
  if (target === alertTarget(from, options)) return undefined;
  return { type: 'risen', campaign, from, to, standsIn: post.channel, target, at: reply.at };
}

async function prepareDigest(
  row: Delivery,
  { people, respondersGroup, alertChannel }: PrepareOptions,
): Promise<Prepared> {
  const digest = Digest.safeParse(row.payload);
  if (!digest.success) return { type: 'impossible', why: 'its payload is no digest' };
  const nameOf = await namesFor(people, peopleIn(digest.data));
  return { type: 'digest', message: digestMessage(digest.data, { nameOf, respondersGroup }), target: alertChannel };
}

async function prepareStorm(row: Delivery, { db, alertChannel: target }: PrepareOptions): Promise<Prepared> {
  const number = Number(row.payload['storm']);
  const covers = await pendingStorms(db, number);
  const storm = await readStorm(db, number);
  if (storm === undefined || storm.campaigns.length === 0) return { type: 'impossible', why: 'its storm is gone' };
  const message = stormMessage(storm);
  return storm.post === null
    ? { type: 'post_storm', storm, message, covers, target }
    : { type: 'update_storm', storm, post: storm.post, message, covers, target };
}

async function prepareNotice(row: Delivery, options: PrepareOptions): Promise<Prepared> {
  const notice = Notice.safeParse(row.payload);
  if (!notice.success) return { type: 'impossible', why: 'its payload is no notice' };
  if (notice.data.type === 'legal' || notice.data.type === 'legal_news') return prepareLegal(notice.data, options);
  if (notice.data.type === 'changed') {
    const { change } = notice.data;
    const nameOf = await namesFor(options.people, peopleOf(change));
    return { type: 'notice', message: changeMessage(change, nameOf), target: options.alertChannel };
  }
  const callGroup = await callOf(notice.data.type === 'called' ? notice.data.group : null, options);
  const target = notice.data.type === 'risen' ? notice.data.target : options.alertChannel;
  return { type: 'notice', message: noticeMessage(notice.data, callGroup), target };
}

/** By name: a mention would call people to what they just did. */
async function prepareLegal(
  notice: Extract<Notice, { type: 'legal' | 'legal_news' }>,
  { db, people }: PrepareOptions,
): Promise<Prepared> {
  const { target } = notice;
  const nameOf = await namesFor(people, [notice.by]);
  if (notice.type === 'legal_news') return { type: 'notice', message: legalNews(notice, nameOf), target };
  const campaign = await loadCampaign(db, parseCampaignId(notice.campaign) ?? 0);
  if (campaign === undefined) return { type: 'impossible', why: 'its campaign is gone' };
  return { type: 'notice', message: legalMessage(notice, campaign, nameOf), target };
}

/** How to call a group: by its id, which its handle stands for; only by name where Slack cannot say. */
async function callOf(group: string | null, { userGroups }: PrepareOptions): Promise<(group: string) => string> {
  const id = group === null ? null : await userGroups?.idOf(group).catch(() => null);
  return (named) => groupText(id ?? named);
}

function prepareSelfAlert(row: Delivery, { alertChannel: target }: PrepareOptions): Prepared {
  const alert = SelfAlert.safeParse(row.payload);
  if (!alert.success) return { type: 'impossible', why: 'its payload is no word about Retort itself' };
  return { type: 'self_alert', message: selfAlertMessage(alert.data), target };
}
