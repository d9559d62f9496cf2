import type { Campaign } from '../../campaigns/campaign.ts';
import { type MenuEntry, overflow } from '../control-id.ts';
import type { ActionView } from '../../campaigns/action-view.ts';
import type { EscalationView } from '../../campaigns/escalation.ts';
import { actionStanding } from './action-words.ts';
import { actions, type Block, button, context, header, section } from './block.ts';
import { campaignChart } from './campaign-chart.ts';
import { extentOf, familyLines, gradeOf, ruledOutText, stateText, targetText, titleOf } from './campaign-words.ts';
import { escalationStanding } from './escalation.ts';
import { type Message, messageOf } from './message.ts';

/**
 * The one message of a campaign in the alert channel: always its present state, and what can be done about it. `action`
 * is the newest one on it, `escalations` those that are not over.
 */
export function campaignRoot(
  campaign: Campaign,
  action?: ActionView,
  escalations: readonly EscalationView[] = [],
): Message {
  const standing = action === undefined ? [] : [actionStanding(action)];
  return messageOf([
    ...campaignBody(campaign),
    context([stateText(campaign), ...escalations.map(escalationStanding), ...standing]),
    rootControls(campaign, action),
  ]);
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

function rootControls(campaign: Campaign, action: ActionView | undefined): Block {
  const { id, status } = campaign;
  const isOver = status === 'dismissed' || status === 'merged';
  return actions([
    ...(mayAcknowledge(campaign) ? [button('ack.press', 'Acknowledge', id, 'primary')] : []),
    ...(isOver ? [] : [button('ban.review', 'Review & ban…', id)]),
    ...(mayUndo(action) ? [button('undo.review', 'Undo…', id)] : []),
    overflow(menuOf(campaign)),
  ]);
}

/** An acknowledgement that ran out may be renewed. */
function mayAcknowledge({ status, call }: Campaign): boolean {
  return status === 'suspected' || (status === 'acknowledged' && call !== null && call.level > 0);
}

function mayUndo(action: ActionView | undefined): boolean {
  return action !== undefined && action.tally.done > 0 && action.proposal.action !== 'restore';
}

/** What else may be done about it as it is; Slack takes five entries. */
function menuOf({ id, status, snooze }: Campaign): MenuEntry[] {
  const last = [{ control: 'show.evidence', label: 'Show evidence', value: id }];
  if (status === 'merged') return last;
  if (status === 'dismissed') return [{ control: 'reopen.ask', label: 'Reopen…', value: id }, ...last];
  const silence =
    snooze === null
      ? { control: 'snooze.ask', label: 'Snooze…', value: id }
      : { control: 'unsnooze.press', label: 'Wake', value: id };
  if (status === 'contained') return [{ control: 'reopen.ask', label: 'Reopen…', value: id }, silence, ...last];
  return [
    { control: 'escalate.ask', label: 'Escalate…', value: id },
    silence,
    { control: 'assign.ask', label: 'Assign…', value: id },
    { control: 'dismiss.ask', label: 'Dismiss…', value: id },
    ...last,
  ];
}
