import type { CampaignFinding, Evidence } from '../campaigns/campaign.ts';
import { chartPoints, chartSpan, extentOf, targetsOf } from '../campaigns/extent.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { pivotsOf } from '../campaigns/pivot.ts';
import type { ScoredGroup } from '../campaigns/score-group.ts';
import { severityOf } from '../campaigns/severity.ts';
import { readBuckets, readCapabilities, readDays, readTraffic } from '../db/campaign-figures.ts';
import { readModelMoves } from '../db/model-move.ts';
import type { Database } from '../db/query.ts';
import { DAY_MS } from '../time-units.ts';

/** How far back a new campaign's beginning is looked for: the longest window of the detections. */
const LOOK_BACK_DAYS = 7;
/** What a campaign is after is judged by its last day. */
const TARGET_HOURS = 24;

/** Reads the figures of a group's accounts, and puts them together with what speaks against it. */
export async function draftCampaign(
  db: Database,
  group: ScoredGroup,
  accounts: readonly AccountKey[],
  { end, since }: { end: number; since: number | null },
): Promise<CampaignFinding> {
  const days = await readDays(db, accounts, since ?? end - LOOK_BACK_DAYS * DAY_MS);
  const extent = extentOf(days);
  const span = chartSpan(extent.firstExchangeAt ?? end, end);
  const evidence: Evidence = {
    reasons: group.reasons.toSorted((a, b) => b.weight - a.weight),
    bestTie: group.typicalTie,
    prior: group.prior,
    ruledOut: group.ruledOut,
    targets: targetsOf(await readCapabilities(db, accounts, { end, hours: TARGET_HOURS })),
    perAccountDay: extent.perAccountDay,
    growth: extent.growth,
    pivots: pivotsOf(await readModelMoves(db, accounts, end)),
    chart: chartPoints(span, await readBuckets(db, accounts, span), await readTraffic(db, span)),
  };
  return {
    kind: group.kind,
    severity: severityOf({
      kind: group.kind,
      accountCount: accounts.length,
      exchangesPerDay: extent.exchangesPerDay,
    }),
    confidence: group.confidence,
    accountCount: accounts.length,
    exchangeCount: extent.exchangeCount,
    firstExchangeAt: extent.firstExchangeAt,
    lastExchangeAt: extent.lastExchangeAt,
    families: group.families,
    detections: [...new Set(group.reasons.map((reason) => reason.detection))],
    evidence,
  };
}
