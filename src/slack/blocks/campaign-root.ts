import type { Campaign } from '../../campaigns/campaign.ts';
import { type MenuEntry, overflow } from '../control-id.ts';
import { actions, type Block, button, context, header, section } from './block.ts';
import { campaignChart } from './campaign-chart.ts';
import { extentOf, familyLines, gradeOf, ruledOutText, stateText, targetText, titleOf } from './campaign-words.ts';
import { type Message, messageOf } from './message.ts';

/** The one message of a campaign in the alert channel: always its present state, and what can be done about it. */
export function campaignRoot(campaign: Campaign): Message {
  return messageOf([...campaignBody(campaign), context([stateText(campaign)]), rootControls(campaign)]);
}

/** What, how many, how sure, why, what it is after and what it is not. */
export function campaignBody(campaign: Campaign): Block[] {
  const why = familyLines(campaign);
  const after = targetText(campaign);
  const ruledOut = ruledOutText(campaign);
  const about = [
    ...(after === undefined ? [] : [`*After* ${after}`]),
    ...(ruledOut === undefined ? [] : [`*Looked at and ruled out* ${ruledOut}`]),
  ];
  return [
    header(titleOf(campaign)),
    section([gradeOf(campaign), extentOf(campaign)], 600),
    ...(why.length === 0 ? [] : [section(['*Why*', ...why])]),
    ...(about.length === 0 ? [] : [section(about, 1_500)]),
    ...campaignChart(campaign),
  ];
}

function rootControls(campaign: Campaign): Block {
  const menu = overflow(menuOf(campaign));
  const acknowledge = button('ack.press', 'Acknowledge', campaign.id, 'primary');
  return actions(mayAcknowledge(campaign) ? [acknowledge, menu] : [menu]);
}

/** An acknowledgement that ran out may be renewed. */
function mayAcknowledge({ status, call }: Campaign): boolean {
  return status === 'suspected' || (status === 'acknowledged' && call !== null && call.level > 0);
}

/** What may be done about it as it is; Slack takes five entries. */
function menuOf({ id, status, snooze }: Campaign): MenuEntry[] {
  const evidence = { control: 'show.evidence', label: 'Show evidence', value: id };
  if (status === 'merged') return [evidence];
  if (status === 'dismissed') return [{ control: 'reopen.ask', label: 'Reopen…', value: id }, evidence];
  const silence =
    snooze === null
      ? { control: 'snooze.ask', label: 'Snooze…', value: id }
      : { control: 'unsnooze.press', label: 'Wake', value: id };
  if (status === 'contained') return [{ control: 'reopen.ask', label: 'Reopen…', value: id }, silence, evidence];
  return [
    silence,
    { control: 'assign.ask', label: 'Assign…', value: id },
    { control: 'dismiss.ask', label: 'Dismiss…', value: id },
    evidence,
  ];
}
