import type { HomeView } from '@slack/types';
import type { Campaign } from '../../campaigns/campaign.ts';
import { formatCampaignId } from '../../campaigns/campaign-id.ts';
import type { HomeFigures } from '../../campaigns/home.ts';
import { formatProposalId, type Proposal } from '../../campaigns/proposal.ts';
import { escapeText, personText } from '../escape-text.ts';
import { formatCount, formatNumber, formatTime } from '../format.ts';
import { actionTitle } from './action-words.ts';
import { actions, type Block, button, context, header, section } from './block.ts';
import { campaignLines } from './campaign-list.ts';
import { summaryOf } from './digest.ts';
import { escalationLine } from './escalation.ts';
import { gapLines } from './gaps.ts';
import { precisionText } from './judged.ts';
import type { Message } from './message.ts';
import { freshnessText } from './status.ts';

const MOST_APPROVALS = 8;

/** A person's Home: their own queue first, then what waits for anybody, then how the watch itself is. */
export function homeView(figures: HomeFigures, now: number): HomeView {
  const { mine, unanswered, open, approvals, escalations } = figures;
  return asHome([
    header('Your queue'),
    ...(mine.total === 0 ? [section(['Nothing is yours at present.'])] : mine.campaigns.map(campaignBlock)),
    moreLine(mine, '`/campaign list mine`'),
    header('Waiting for somebody'),
    section([openText(open)], 600),
    ...unanswered.campaigns.map(campaignBlock),
    moreLine(unanswered, '`/campaign list suspected`'),
    actions(
      [button('list.page:home', 'All open campaigns', '{"f":["open"],"o":0}'), button('allow.ask', 'Allow-list…', '-')],
      'home',
    ),
    ...(approvals.length === 0
      ? []
      : [header('Approvals that wait for you'), ...approvals.slice(0, MOST_APPROVALS).map(approvalBlock)]),
    ...(escalations.length === 0
      ? []
      : [
          header('Escalated'),
          section(
            escalations.map((each) => `• ${escalationLine(each)}`),
            2_500,
          ),
        ]),
    header('The watch'),
    section(watchLines(figures, now), 2_500),
    context(['It is brought up to date when something changes. `/campaign help` says what can be done.']),
  ]);
}

/** A Home that only tells: why there is nothing to see. */
export function noticeHome({ blocks }: Message): HomeView {
  return asHome(blocks);
}

function campaignBlock(campaign: Campaign): Block {
  const { id, status, snooze } = campaign;
  const silent = snooze === null ? [] : [`snoozed until ${formatTime(snooze.until)}`];
  const control =
    status === 'suspected' ? button(`ack.press:${id}`, 'Acknowledge', id) : button(`show.detail:${id}`, 'Show', id);
  return { ...section([...campaignLines(campaign), ...silent], 700), accessory: control };
}

/** Its message has the button: nobody should approve what they have not looked at. */
function approvalBlock(proposal: Proposal): Block {
  const { number, campaign, proposedBy, expiresAt, reason } = proposal;
  const lines = [
    `*${formatProposalId(number)}* ${actionTitle(proposal)}, until ${formatTime(expiresAt)}`,
    `${personText(proposedBy)}: ${escapeText(reason, 200)}`,
  ];
  const id = formatCampaignId(campaign);
  return { ...section(lines, 700), accessory: button(`show.detail:${formatProposalId(number)}`, 'Show', id) };
}

function moreLine({ campaigns, total }: HomeFigures['mine'], command: string): Block | null {
  const more = total - campaigns.length;
  return more > 0 ? context([`… and ${formatNumber(more)} more: ${command}`]) : null;
}

function openText(open: HomeFigures['open']): string {
  if (open.length === 0) return 'No campaign is open.';
  return open
    .map(
      ({ severity, campaigns, unanswered }) =>
        `*${severity}* ${formatCount(campaigns, 'campaign')}, ${formatNumber(unanswered)} unanswered`,
    )
    .join(' · ');
}

function watchLines({ eventsUntil, precision, gaps, lastDigest }: HomeFigures, now: number): string[] {
  const standing = precisionText(precision);
  return [
    `*Data* ${freshnessText(eventsUntil, now)}`,
    `*Detections* ${standing === '' ? 'none was judged yet' : standing}`,
    ...(gaps.length === 0 ? [] : ['*Missed by detections*', ...gapLines(gaps)]),
    lastDigest === null
      ? '*Last digest* none yet'
      : `*Last digest* ${formatTime(lastDigest.digest.to)}${lastDigest.channel === null ? '' : ` in <#${lastDigest.channel}>`}: ${summaryOf(lastDigest.digest)}`,
  ];
}

/** Slack takes 100 blocks, and no charts. */
function asHome(blocks: readonly (Block | null)[]): HomeView {
  const shown = blocks.flatMap((block) => (block === null || block.type === 'data_visualization' ? [] : [block]));
  return { type: 'home', blocks: shown.slice(0, 100) };
}
