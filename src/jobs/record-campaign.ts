import type pg from 'pg';
import { ALERT_CONFIDENCE, type AlertDecision, decideAlert, UNTOLD } from '../campaigns/alert-decision.ts';
import type { Alerted, Campaign, CampaignFinding } from '../campaigns/campaign.ts';
import type { Effect } from '../campaigns/effect.ts';
import { isOldNews, tookOver } from '../campaigns/failover.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { isAsGood } from '../campaigns/is-as-good.ts';
import { reopened, reopenNote } from '../campaigns/lifecycle/reopen.ts';
import type { Match } from '../campaigns/match-campaigns.ts';
import { freshPivots, pivotNote } from '../campaigns/pivot.ts';
import { PRIOR, type ScoredGroup } from '../campaigns/score-group.ts';
import { campaignNumber, createCampaign, lockCampaign, updateCampaign } from '../db/campaign.ts';
import { moveMembers, readMembers, saveMembers, shedMembers } from '../db/campaign-account.ts';
import { countStopped, countStoppedKnown } from '../db/campaign-kin.ts';
import { writeEffects } from '../db/campaign-store.ts';
import { carryHold } from '../db/legal-hold.ts';
import { transaction } from '../db/query.ts';
import { DAY_MS } from '../time-units.ts';
import { draftCampaign } from './draft-campaign.ts';
import { findKin, tellFailover } from './find-kin.ts';

/** Accounts that were not active since then gave nothing to judge them by. */
const SHED_WINDOW_MS = 2 * DAY_MS;

/** Who the audit names where no person acted. */
const ACTOR = 'retort';

export interface Recorded {
  id: string;
  decision: AlertDecision['reason'];
  accounts: number;
}

/**
 * Writes what this run found of one group: a new campaign when there is reason to alert, the next state of a known one
 * otherwise. Campaign, members, audit entry and outbox rows stand in one transaction. Undefined: nothing to tell.
 */
export function recordCampaign(
  pool: pg.Pool,
  group: ScoredGroup,
  match: Match,
  at: { now: number; end: number },
): Promise<Recorded | undefined> {
  return transaction(pool, async (tx) => {
    if (match.campaign === undefined) return match.weak ? undefined : openCampaign(tx, group, at);
    const known = await lockCampaign(tx, match.campaign);
    if (known === undefined || known.status === 'merged') return undefined;
    // Nobody is taken in by what would not be told by itself; where people merged two, a group speaks of a part.
    const weak = match.weak || (group.confidence < ALERT_CONFIDENCE && !known.joined);
    const taken = weak ? asKnown(group, known) : group;
    return continueCampaign(tx, known, taken, { absorbed: weak ? [] : match.absorbed, weak }, at);
  });
}

async function openCampaign(
  tx: pg.PoolClient,
  group: ScoredGroup,
  { now, end }: { now: number; end: number },
): Promise<Recorded | undefined> {
  const accounts = sure(group);
  // Before the figures are read: most groups are nothing to tell, and reading costs.
  const likely = decideAlert({ ...group, ...UNTOLD, severity: 'low', accountCount: accounts.length }, now);
  if (!likely.send || isOldNews(accounts.length, await countStoppedKnown(tx, accounts))) return undefined;
  const drafted = await draftCampaign(tx, group, accounts, { end, since: null });
  const related = await findKin(tx, accounts, end);
  const finding = { ...drafted, evidence: { ...drafted.evidence, related } };
  const campaign = await createCampaign(tx, { ...finding, alertedAt: now, alerted: sayable(finding) }, now);
  await saveMembers(tx, campaignNumber(campaign), group.members, now);
  const detail = { confidence: campaign.confidence, accounts: accounts.length, families: campaign.families };
  const opened: Effect = { type: 'audit', action: 'campaign.open', reason: likely.reason, detail };
  const alerted = sayable(finding);
  const moved = (finding.evidence.pivots ?? []).flatMap((pivot) =>
    announce('pivot', pivotNote(pivot), { now, before: null, after: alerted }),
  );
  await writeEffects(tx, campaign, [opened, ...moved], { actor: ACTOR, now });
  await tellFailover(tx, campaign, { actor: ACTOR, now });
  return { id: campaign.id, decision: likely.reason, accounts: accounts.length };
}

async function continueCampaign(
  tx: pg.PoolClient,
  known: Campaign,
  group: ScoredGroup,
  { absorbed, weak }: Pick<Match, 'absorbed' | 'weak'>,
  { now, end }: { now: number; end: number },
): Promise<Recorded> {
  const number = campaignNumber(known);
  const effects: Effect[] = [];
  let alertedAt = known.alertedAt;
  for (const other of absorbed) {
    const merged = await lockCampaign(tx, other);
    if (merged === undefined || merged.status === 'merged' || wereSplit(known, merged)) continue;
    await moveMembers(tx, other, number);
    await carryHold(tx, { from: merged, to: known }, { actor: ACTOR, now });
    // People heard of these accounts when they heard of the first of the two.
    if (merged.alertedAt !== null) alertedAt = Math.min(merged.alertedAt, alertedAt ?? merged.alertedAt);
    const gone = await updateCampaign(tx, { ...merged, status: 'merged', mergedInto: known.id, call: null }, now);
    await writeEffects(
      tx,
      gone,
      [{ type: 'audit', action: 'campaign.merge', reason: 'same accounts', detail: { into: known.id } }],
      { actor: ACTOR, now },
    );
    effects.push({ type: 'audit', action: 'campaign.absorb', reason: 'same accounts', detail: { from: gone.id } });
  }
  const before = await countStopped(tx, number);
  const added = await saveMembers(tx, number, group.members, now);
  // Only by evidence as good as the best so far.
  // Where people merged two, this group speaks of a part of the accounts.
  if (!weak && !known.joined && isAsGood(group, { bestTie: known.evidence.bestTie, confidence: known.confidence }))
    await shedMembers(tx, number, sure(group), end - SHED_WINDOW_MS);
  const accounts = await readMembers(tx, number);
  const finding = await draftCampaign(tx, group, accounts, { end, since: known.firstExchangeAt });
  const next = { ...combine(known, finding), alertedAt };
  const decision = decideAlert(next, now);
  const alerted = sayable(next);
  if (decision.send && decision.reason !== 'first') {
    const note = decision.reason === 'reopened' ? { note: reopenNote(next) } : {};
    effects.push(
      { type: 'audit', action: 'campaign.alert', reason: decision.reason, detail: { ...alerted, added, ...note } },
      {
        type: 'reply',
        reply: { type: 'alert', reason: decision.reason, at: now, before: known.alerted, after: alerted, ...note },
      },
    );
  }
  const silent = decision.reason === 'dismissed' || decision.reason === 'snoozed';
  const told = { now, before: known.alerted, after: alerted, silent };
  for (const pivot of freshPivots(known.evidence.pivots ?? [], next.evidence.pivots ?? [])) {
    effects.push(...announce('pivot', pivotNote(pivot), told));
  }
  if (tookOver(before, added) && !(known.evidence.related ?? []).some((kin) => kin.campaign === known.id)) {
    next.evidence.related = [...(next.evidence.related ?? []), { campaign: known.id, marks: 0, failover: true }];
    effects.push(
      ...announce('failover', `${added} fresh accounts go on where those that were stopped left off.`, told),
    );
  }
  const updated = await updateCampaign(
    tx,
    { ...answering(next, decision, now), ...(decision.send ? { alerted } : {}) },
    now,
  );
  // Effects bring the root message with them: a few more exchanges are not worth rewriting it.
  if (effects.length > 0 || isWorthTelling(known, next))
    await writeEffects(tx, updated, effects, { actor: ACTOR, now });
  return { id: known.id, decision: decision.reason, accounts: accounts.length };
}

/** A person took one's accounts out of the other: they are not put together again. */
function wereSplit(a: Campaign, b: Campaign): boolean {
  return a.splitFrom === b.id || b.splitFrom === a.id;
}

/** What an alert makes of people's decisions: a dismissal that was outgrown, or a snooze of something lesser, is over. */
function answering(campaign: Campaign, decision: AlertDecision, now: number): Campaign {
  if (decision.reason === 'reopened') return reopened(campaign, now);
  if (decision.reason === 'escalated' && campaign.snooze !== null) {
    return { ...campaign, snooze: null, call: { since: now, level: 0, calledAt: null } };
  }
  return campaign;
}

/**
 * What a far weaker group is taken for: whom it names, as accounts for a person to look at, and nothing new of what its campaign
 * is. What members it names stay so.
 */
function asKnown(group: ScoredGroup, { kind, confidence, families, evidence }: Campaign): ScoredGroup {
  const members = group.members.map((member) => ({ ...member, standing: 'review' as const }));
  const { reasons, bestTie: typicalTie, prior = PRIOR, ruledOut } = evidence;
  return { kind, confidence, families, reasons, typicalTie, prior, ruledOut, members };
}

/** Evidence once found stays found: a campaign that pauses does not become less of one. */
function combine(known: Campaign, finding: CampaignFinding): Campaign {
  const stronger = finding.confidence >= known.confidence;
  const fresh = new Set(finding.evidence.reasons.map((reason) => reason.detection));
  const kept = known.evidence.reasons.filter((reason) => !fresh.has(reason.detection));
  return {
    ...known,
    ...finding,
    kind: known.kind === 'extraction' ? known.kind : finding.kind,
    confidence: stronger ? finding.confidence : known.confidence,
    families: [...new Set([...known.families, ...finding.families])],
    detections: [...new Set([...known.detections, ...finding.detections])],
    evidence: {
      ...finding.evidence,
      bestTie: Math.max(finding.evidence.bestTie, known.evidence.bestTie),
      reasons: [...finding.evidence.reasons, ...kept],
      pivots: [
        ...(known.evidence.pivots ?? []),
        ...freshPivots(known.evidence.pivots ?? [], finding.evidence.pivots ?? []),
      ],
      related: known.evidence.related,
    },
  };
}

/** An alert beside those that `decideAlert` gives a reason for, with its audit entry. */
function announce(
  reason: 'pivot' | 'failover',
  note: string,
  { now, before, after, silent = false }: { now: number; before: Alerted | null; after: Alerted; silent?: boolean },
): Effect[] {
  const kept: Effect = { type: 'audit', action: 'campaign.alert', reason, detail: { note } };
  // A person wanted to hear nothing of it: the audit has it.
  if (silent) return [kept];
  return [kept, { type: 'reply', reply: { type: 'alert', reason, at: now, before, after, note } }];
}

/** The root message is rewritten when its figures moved by a tenth, or what it says changed. */
function isWorthTelling(known: Campaign, next: Campaign): boolean {
  return (
    next.accountCount >= known.accountCount * 1.1 ||
    next.exchangeCount >= known.exchangeCount * 1.1 ||
    next.families.length !== known.families.length ||
    next.severity !== known.severity
  );
}

const sayable = ({ severity, accountCount, families }: CampaignFinding) => ({ severity, accountCount, families });

const sure = (group: ScoredGroup): AccountKey[] =>
  group.members.filter((member) => member.standing === 'member').map((member) => member.account);
