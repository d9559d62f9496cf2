import type { Campaign } from '../../campaigns/campaign.ts';
import { overflow } from '../control-id.ts';
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

function rootControls({ id, status }: Campaign): Block {
  const menu = overflow([
    { control: 'show.evidence', label: 'Show evidence', value: id },
    { control: 'show.members', label: 'Who is in it', value: id },
    { control: 'show.refresh', label: 'Refresh', value: id },
  ]);
  return actions(status === 'suspected' ? [button('ack.press', 'Acknowledge', id, 'primary'), menu] : [menu]);
}
