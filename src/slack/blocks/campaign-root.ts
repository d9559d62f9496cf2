import type { Campaign } from '../../campaigns/campaign.ts';
import { overflow } from '../control-id.ts';
import type { ActionView } from '../../campaigns/action-view.ts';
import { actionStanding } from './action-words.ts';
import { actions, type Block, button, context, header, section } from './block.ts';
import { campaignChart } from './campaign-chart.ts';
import { extentOf, familyLines, gradeOf, ruledOutText, stateText, targetText, titleOf } from './campaign-words.ts';
import { type Message, messageOf } from './message.ts';

/**
 * The one message of a campaign in the alert channel: always its present state, and what can be done about it. `action`
 * is the newest one on it.
 */
export function campaignRoot(campaign: Campaign, action?: ActionView): Message {
  const standing = action === undefined ? [] : [actionStanding(action)];
  return messageOf([
    ...campaignBody(campaign),
    context([stateText(campaign), ...standing]),
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

function rootControls({ id, status }: Campaign, action: ActionView | undefined): Block {
  const isOver = status === 'dismissed' || status === 'merged';
  const isUndoable = action !== undefined && action.tally.done > 0 && action.proposal.action !== 'restore';
  const menu = overflow([
    ...(isUndoable ? [{ control: 'undo.review', label: 'Undo…', value: id }] : []),
    { control: 'show.evidence', label: 'Show evidence', value: id },
    { control: 'show.members', label: 'Who is in it', value: id },
    { control: 'show.refresh', label: 'Refresh', value: id },
  ]);
  return actions([
    ...(status === 'suspected' ? [button('ack.press', 'Acknowledge', id, 'primary')] : []),
    ...(isOver ? [] : [button('ban.review', 'Review & ban…', id)]),
    menu,
  ]);
}
