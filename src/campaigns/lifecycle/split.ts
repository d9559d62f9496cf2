import type { Campaign, CampaignFinding, Status } from '../campaign.ts';
import type { Effect } from '../effect.ts';

export type SplitRefusal = { reason: 'ended'; status: Status } | { reason: 'none_named' } | { reason: 'all_named' };

/** Whether a person may take `chosen` of a campaign's `of` accounts out of it. */
export function judgeSplit(
  { status }: Pick<Campaign, 'status'>,
  { chosen, of }: { chosen: number; of: number },
): { ok: true } | ({ ok: false } & SplitRefusal) {
  if (status === 'merged' || status === 'dismissed') return { ok: false, reason: 'ended', status };
  if (chosen === 0) return { ok: false, reason: 'none_named' };
  return chosen === of ? { ok: false, reason: 'all_named' } : { ok: true };
}

/** What the new campaign begins with: what was found of the whole, said as such, until a run looks at it by itself. */
export function splitFinding(campaign: Campaign): CampaignFinding {
  const { kind, severity, confidence, families, detections, evidence } = campaign;
  const { accountCount, exchangeCount, firstExchangeAt, lastExchangeAt } = campaign;
  return {
    kind,
    severity,
    confidence,
    families,
    detections,
    accountCount,
    exchangeCount,
    firstExchangeAt,
    lastExchangeAt,
    evidence: {
      ...evidence,
      reasons: evidence.reasons.map((reason) => ({
        ...reason,
        text: `found of all of ${campaign.id}: ${reason.text}`,
      })),
      chart: { ...evidence.chart, points: [] },
    },
  };
}

/** What both threads and the audit are told. */
export function splitEffects(
  parts: { whole: string; part: string; accounts: number },
  { actor, now, why }: { actor: string; now: number; why: string },
): { whole: Effect[]; part: Effect[] } {
  const { whole, part, accounts } = parts;
  const said = (other: string, direction: 'into' | 'from') =>
    ({ type: 'reply', reply: { type: 'split', at: now, by: actor, other, direction, accounts, why } }) as const;
  return {
    whole: [
      { type: 'audit', action: 'campaign.split', reason: why, detail: { into: part, accounts } },
      said(part, 'into'),
    ],
    part: [
      { type: 'audit', action: 'campaign.open', reason: 'split', detail: { from: whole, accounts } },
      said(whole, 'from'),
    ],
  };
}
