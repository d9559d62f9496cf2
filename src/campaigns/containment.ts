import type { Action } from './action.ts';
import type { Campaign } from './campaign.ts';
import type { Decision } from './effect.ts';
import type { Tally } from './proposal.ts';

/** A failure that leaves nobody in: the account service does not know the account any more. */
export const GONE = 'not_found';

/** How an action that was carried out left a campaign. */
export interface Carried {
  action: Action;
  tally: Tally;
  /** Of the failed, those that are gone. */
  gone: number;
  /** Accounts of the campaign that are still stopped by Retort. */
  stopped: number;
  by: string;
  proposal: string;
}

/**
 * A campaign whose every account was stopped is contained; one that nobody is stopped in any more has its people again.
 * Whatever failed or is unknown keeps it open.
 */
export function settleCampaign(
  campaign: Campaign,
  { action, tally, gone, stopped, by, proposal }: Carried,
): Decision<{ reason: 'unchanged' }> {
  const { status } = campaign;
  const detail = { proposal, by, from: status };
  if (action === 'suspend' || action === 'ban') {
    const isWhole = tally.done > 0 && tally.failed === gone && tally.unknown + tally.pending + tally.sent === 0;
    const isOpen = status === 'suspected' || status === 'acknowledged' || status === 'confirmed';
    if (!isWhole || !isOpen) return { ok: false, reason: 'unchanged' };
    const effects = [{ type: 'audit', action: 'campaign.contain', reason: `${action} carried out`, detail } as const];
    return { ok: true, campaign: { ...campaign, status: 'contained' }, effects };
  }
  if (action !== 'restore' || status !== 'contained' || stopped > 0) return { ok: false, reason: 'unchanged' };
  const effects = [{ type: 'audit', action: 'campaign.release', reason: 'all were restored', detail } as const];
  return { ok: true, campaign: { ...campaign, status: 'acknowledged' }, effects };
}
