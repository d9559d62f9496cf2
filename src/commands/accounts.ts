import { z } from 'zod';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { membersCsv } from '../campaigns/members-csv.ts';
import { loadCampaign } from '../db/campaign.ts';
import { listMembers } from '../db/campaign-account.ts';
import { accountPage, csvFailed, csvSent } from '../slack/blocks/account-page.ts';
import { noticeOf } from '../slack/blocks/message.ts';
import { noSuchCampaign } from '../slack/blocks/refusal.ts';
import type { Answer } from '../slack/interactions.ts';
import { CampaignNumber } from './campaign-number.ts';
import { defineControl, defineVerb } from './define-verb.ts';
import type { CommandContext } from './verb.ts';

const PAGE = 20;
/** Far more than any campaign has. */
const MOST_ROWS = 1_000_000;

const What = z
  .string()
  .toLowerCase()
  .transform((text, issues): number | 'csv' => {
    if (text === 'csv') return text;
    if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
    issues.addIssue({
      code: 'custom',
      message: `${text} is no page: write a number from 1 on, or csv for all in a file`,
    });
    return z.NEVER;
  });

/** `C-12 3`: what a paging button carries. */
const Place = z.string().transform((text, issues): [campaign: number, page: number] => {
  const [, campaign, page] = /^C-([1-9]\d{0,8}) ([1-9]\d{0,5})$/.exec(text) ?? [];
  if (campaign !== undefined && page !== undefined) return [Number(campaign), Number(page)];
  issues.addIssue({ code: 'custom', message: 'that is no page' });
  return z.NEVER;
});

export const accounts = defineVerb({
  name: 'accounts',
  usage: 'accounts <campaign> [page or csv]',
  summary: 'Who is in a campaign, page by page, or all in a file to you',
  role: 'reader',
  args: z.object({ campaign: CampaignNumber, page: What.optional() }),
  run: ({ campaign, page = 1 }, context) =>
    page === 'csv' ? sendCsv(campaign, context) : showPage(campaign, page, context),
  atWork: ({ campaign, page }) => (page === 'csv' ? fileAtWork(campaign) : undefined),
  controls: {
    page: defineControl({
      role: 'reader',
      value: Place,
      run: async ([campaign, page], context) => ({ ...(await showPage(campaign, page, context)), replaces: true }),
    }),
    csv: defineControl({ role: 'reader', value: CampaignNumber, run: sendCsv, atWork: fileAtWork }),
  },
});

function fileAtWork(number: number) {
  return { text: `The file of ${formatCampaignId(number)}’s accounts is being made.` };
}

async function showPage(number: number, page: number, { pool }: Pick<CommandContext, 'pool'>): Promise<Answer> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { message: noSuchCampaign(formatCampaignId(number)) };
  const { members, total, review } = await listMembers(pool, number, { limit: PAGE, offset: (page - 1) * PAGE });
  const pages = Math.max(1, Math.ceil(total / PAGE));
  // A page past the end: accounts may have left since its button was made.
  if (page > pages) return showPage(number, pages, { pool });
  return { message: accountPage({ id: campaign.id, members, total, review, page, pages, size: PAGE }) };
}

async function sendCsv(number: number, { pool, files, actor }: CommandContext): Promise<Answer> {
  const campaign = await loadCampaign(pool, number);
  if (campaign === undefined) return { message: noSuchCampaign(formatCampaignId(number)) };
  const { members, total } = await listMembers(pool, number, { limit: MOST_ROWS, offset: 0 });
  if (total === 0) return { message: noticeOf(`${campaign.id} has no accounts at present.`) };
  const outcome = await files.send(actor, {
    filename: `${campaign.id}-accounts.csv`,
    title: `${campaign.id}: accounts`,
    content: membersCsv(members),
  });
  return { message: outcome.kind === 'done' ? csvSent(campaign.id, total) : csvFailed(outcome.error) };
}
