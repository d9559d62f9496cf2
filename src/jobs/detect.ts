import type pg from 'pg';
import { type AlertDecision, decideAlert, UNTOLD } from '../campaigns/alert-decision.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { dropShadowed } from '../campaigns/drop-shadowed.ts';
import { foldGroups } from '../campaigns/fold-groups.ts';
import { groupHits } from '../campaigns/group-hits.ts';
import { cardGroups, joinAlike } from '../campaigns/join-alike.ts';
import { sureMembers } from '../campaigns/judge-members.ts';
import { type Known, matchCampaigns } from '../campaigns/match-campaigns.ts';
import { likeable } from '../campaigns/recruit-members.ts';
import { createScorer, type ScoredGroup } from '../campaigns/score-group.ts';
import { readAccountFacts } from '../db/account.ts';
import { readBestEvidence } from '../db/campaign.ts';
import { readOpenMemberships } from '../db/campaign-account.ts';
import { countActiveAccounts } from '../db/campaign-figures.ts';
import { readTextless } from '../db/exchange.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import { TIMEOUT_MS } from '../detections/run-detection.ts';
import type { Log } from '../log.ts';
import { DAY_MS } from '../time-units.ts';
import type { DetectionObserver } from './gather-hits.ts';
import { lookForHits, NOTHING_NOTED, type Noted, settleLook } from './look-for-hits.ts';
import { recordCampaign } from './record-campaign.ts';
import { rollUpTraits } from './roll-up-traits.ts';

export interface DetectOptions {
  pool: pg.Pool;
  detections: readonly Detection[];
  /** Epoch milliseconds. */
  now: number;
  log: Log;
  /** Limit of one detection's query. */
  timeoutMs?: number;
  /** Stops before anything is written, on the same path. */
  dryRun?: boolean;
  observe?: DetectionObserver | undefined;
  /** Is told of every group that was scored, whether it is worth telling anybody or not. */
  onScored?: GroupObserver | undefined;
}

export type GroupObserver = (groups: readonly ScoredGroup[]) => void;

export interface DetectResult extends Noted {
  /** End of the window that was looked at; null where nothing was ingested yet. */
  windowEnd: number | null;
  hits: number;
  groups: number;
  campaigns: { id: string | null; decision: AlertDecision['reason']; accounts: number }[];
  failed: { detection: string; error: string }[];
}

/** The population that groups are compared with: accounts active in the detections' short window. */
const POPULATION_DAYS = 3;

/** Brings the traits up to the counts, runs all detections once over the window so closed, and the campaigns up to it. */
export async function detect(options: DetectOptions): Promise<DetectResult> {
  const { pool, detections, now, log, dryRun = false } = options;
  if (!dryRun) await rollUpTraits(pool, now);
  const end = await readWatermark(pool, 'traits');
  if (end === undefined) return { windowEnd: null, hits: 0, groups: 0, campaigns: [], failed: [], ...NOTHING_NOTED };

  const looked = await lookForHits(pool, detections, {
    now,
    end,
    log,
    dryRun,
    observe: options.observe,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
  });
  const { hits, failed } = looked;
  const activeAccounts = await countActiveAccounts(pool, end - (POPULATION_DAYS - 1) * DAY_MS, end);
  const tied = groupHits(hits, activeAccounts);
  const carded = cardGroups(tied).flatMap((group) => [...group.accounts.keys()]);
  const textless = await readTextless(pool, carded, end - DAY_MS, end);
  const groups = joinAlike(tied, hits, { activeAccounts, textless });
  const judged = new Set([...groups.flatMap((group) => [...group.accounts.keys()]), ...likeable(hits)]);
  const facts = await readAccountFacts(pool, [...judged]);
  const explain = explainer(detections);
  const score = createScorer({ hits, activeAccounts, facts, explain });
  const worth = groups.map(score).filter((group): group is ScoredGroup => 'confidence' in group);
  const scored = foldGroups(dropShadowed(worth));
  options.onScored?.(scored);

  const found = scored.map((group) => ({ ...group, accounts: sureMembers(group.members) }));
  const matches = matchCampaigns(found, await readKnown(pool));
  const campaigns: DetectResult['campaigns'] = [];
  for (const match of matches) {
    const group = found[match.group];
    if (group === undefined) continue;
    if (dryRun) {
      if (match.weak && match.campaign === undefined) continue;
      const id = match.campaign === undefined ? null : formatCampaignId(match.campaign);
      campaigns.push({ id, decision: preview(group, now), accounts: group.accounts.size });
      continue;
    }
    const recorded = await recordCampaign(pool, group, match, { now, end });
    if (recorded === undefined) continue;
    log.info(
      {
        campaign: recorded.id,
        reason: recorded.decision,
        accounts: recorded.accounts,
        tie: group.typicalTie,
        sure: group.accounts.size,
        confidence: group.confidence,
        families: group.families,
        weak: match.weak,
      },
      'campaign judged',
    );
    campaigns.push(recorded);
  }
  if (!dryRun) await settleLook(pool, looked, { now, end });
  return { windowEnd: end, hits: hits.length, groups: groups.length, campaigns, failed, ...looked.noted };
}

/** The campaigns that are still open, with their members and the best evidence that they had. */
async function readKnown(pool: pg.Pool): Promise<Known[]> {
  const memberships = await readOpenMemberships(pool);
  const standing = await readBestEvidence(pool);
  return standing.flatMap((each) => {
    const accounts = memberships.get(each.number);
    return accounts === undefined ? [] : [{ ...each, accounts }];
  });
}

/** What would be decided of a group that nobody was told of yet. */
function preview(group: ScoredGroup, now: number): AlertDecision['reason'] {
  return decideAlert({ ...group, ...UNTOLD, severity: 'medium', accountCount: group.members.length }, now).reason;
}

function explainer(detections: readonly Detection[]) {
  const byId = new Map(detections.map((detection) => [detection.id, detection]));
  return (id: string, ...rest: Parameters<Detection['explain']>): string => byId.get(id)?.explain(...rest) ?? id;
}
