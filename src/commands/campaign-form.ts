import { z } from 'zod';
import type { Campaign } from '../campaigns/campaign.ts';
import { formatCampaignId, parseCampaignId } from '../campaigns/campaign-id.ts';
import { type Change, changesSince, Seen } from '../campaigns/seen.ts';
import { loadCampaign } from '../db/campaign.ts';
import type { Modal } from '../slack/blocks/modal.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer, FormAnswer } from '../slack/interactions.ts';
import type { CommandContext } from './verb.ts';

/** What a modal on a campaign carries: the campaign, and what the person was shown of it. */
export const SeenValue = z
  .string()
  .transform((text, issues): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issues.addIssue({ code: 'custom', message: 'that is from another version' });
      return z.NEVER;
    }
  })
  .pipe(Seen);

/** A modal on a campaign as it is now; `changes`: since the person began to fill it in. */
type Build<Fields> = (campaign: Campaign, given: { changes: readonly Change[]; fields?: Fields }) => Modal;

export async function openForm<Fields>(
  number: number,
  { pool }: Pick<CommandContext, 'pool'>,
  build: Build<Fields>,
): Promise<Answer> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { message: noSuchCampaign(formatCampaignId(number)) };
  return { modal: build(campaign, { changes: [] }) };
}

/** Acts on a submitted form, unless the campaign changed meanwhile: then the form says what did, and asks again. */
export async function submitForm<Fields>(
  { value: seen, fields }: { value: Seen; fields: Fields },
  { pool }: Pick<CommandContext, 'pool'>,
  build: Build<Fields>,
  act: (number: number, fields: Fields) => Promise<FormAnswer>,
): Promise<FormAnswer> {
  const number = parseCampaignId(seen.id) ?? 0;
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { message: noSuchCampaign(seen.id) };
  const changes = changesSince(seen, campaign);
  return changes.length > 0 ? { modal: build(campaign, { changes, fields }) } : act(number, fields);
}
