import type pg from 'pg';
import type { Campaign } from '../campaigns/campaign.ts';
import { extentOf } from '../campaigns/extent.ts';
import { type MergeRefusal, mergeCampaigns } from '../campaigns/lifecycle/merge.ts';
import { judgeSplit, splitEffects, splitFinding, type SplitRefusal } from '../campaigns/lifecycle/split.ts';
import { severityOf } from '../campaigns/severity.ts';
import { campaignNumber, createCampaign, lockCampaign, updateCampaign } from './campaign.ts';
import { findMembers, moveMembers, readMembers, removeMembers } from './campaign-account.ts';
import { readDays } from './campaign-figures.ts';
import { writeEffects } from './campaign-store.ts';
import { carryHold } from './legal-hold.ts';
import { type Database, transaction } from './query.ts';

interface By {
  actor: string;
  now: number;
  why: string;
}

type NotFound = { ok: false; reason: 'not_found'; number: number };

/** Merges a campaign into another: accounts, audit, both threads and messages in one transaction. */
export function mergePair(
  pool: pg.Pool,
  { from, into }: { from: number; into: number },
  by: By,
): Promise<{ ok: true; into: Campaign } | ({ ok: false } & MergeRefusal) | NotFound> {
  return transaction(pool, async (tx) => {
    // In one order, so that two people who merge the same two do not wait for each other for ever.
    const numbers = [...new Set([from, into])].toSorted((a, b) => a - b);
    const locked = new Map<number, Campaign>();
    for (const number of numbers) {
      const campaign = await lockCampaign(tx, number);
      if (campaign === undefined) return { ok: false, reason: 'not_found', number };
      locked.set(number, campaign);
    }
    const decision = mergeCampaigns(held(locked, from), held(locked, into), by);
    if (!decision.ok) return decision;
    await moveMembers(tx, from, into);
    await carryHold(tx, { from: decision.from, to: decision.into }, by);
    const gone = await updateCampaign(tx, decision.from, by.now);
    const grown = await updateCampaign(tx, { ...decision.into, ...(await recount(tx, decision.into)) }, by.now);
    await writeEffects(tx, gone, decision.effects.from, by);
    await writeEffects(tx, grown, decision.effects.into, by);
    return { ok: true, into: grown };
  });
}

/** Takes the accounts with these ids, or of these organisations, out of a campaign and makes them one of their own. */
export function splitOff(
  pool: pg.Pool,
  { from, ids }: { from: number; ids: readonly string[] },
  by: By,
): Promise<
  { ok: true; whole: Campaign; part: Campaign } | ({ ok: false; campaign: Campaign } & SplitRefusal) | NotFound
> {
  return transaction(pool, async (tx) => {
    const campaign = await lockCampaign(tx, from);
    if (campaign === undefined) return { ok: false, reason: 'not_found', number: from };
    const chosen = await findMembers(tx, from, ids);
    const verdict = judgeSplit(campaign, { chosen: chosen.length, of: (await readMembers(tx, from)).length });
    if (!verdict.ok) return { ...verdict, campaign };
    const { actor, now } = by;
    const draft = splitFinding(campaign);
    const made = await createCampaign(
      tx,
      // Whoever splits it off is at it.
      {
        ...draft,
        splitFrom: campaign.id,
        alertedAt: now,
        status: 'acknowledged',
        acknowledgedBy: actor,
        acknowledgedAt: now,
      },
      now,
    );
    const number = campaignNumber(made);
    await moveMembers(tx, from, number, chosen);
    await carryHold(tx, { from: campaign, to: made }, by);
    await removeMembers(tx, from, chosen, now);
    const part = await updateCampaign(tx, alertedAs({ ...made, ...(await recount(tx, made)) }), now);
    const whole = await updateCampaign(tx, { ...campaign, ...(await recount(tx, campaign)) }, now);
    const effects = splitEffects({ whole: whole.id, part: part.id, accounts: chosen.length }, by);
    await writeEffects(tx, whole, effects.whole, by);
    await writeEffects(tx, part, effects.part, by);
    return { ok: true, whole, part };
  });
}

/** A campaign's extent from its accounts as they are now. */
async function recount(tx: Database, campaign: Campaign): Promise<Partial<Campaign>> {
  const accounts = await readMembers(tx, campaignNumber(campaign));
  const extent = extentOf(await readDays(tx, accounts, campaign.firstExchangeAt ?? campaign.createdAt));
  const { exchangeCount, firstExchangeAt, lastExchangeAt, exchangesPerDay, perAccountDay, growth } = extent;
  const { kind, evidence } = campaign;
  return {
    accountCount: accounts.length,
    exchangeCount,
    firstExchangeAt,
    lastExchangeAt,
    severity: severityOf({ kind, accountCount: accounts.length, exchangesPerDay }),
    evidence: { ...evidence, perAccountDay, growth },
  };
}

/** What its first message says. */
function alertedAs(campaign: Campaign): Campaign {
  const { severity, accountCount, families } = campaign;
  return { ...campaign, alerted: { severity, accountCount, families } };
}

function held(locked: ReadonlyMap<number, Campaign>, number: number): Campaign {
  const campaign = locked.get(number);
  if (campaign === undefined) throw new Error(`campaign ${number} was not locked`);
  return campaign;
}
