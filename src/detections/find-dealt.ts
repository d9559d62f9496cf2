import { cardsBearOut } from './cards-bear-out.ts';
import { dealingEvidence } from './dealing-evidence.ts';
import type { Template } from './template.ts';
import { sumUses, type TemplateUse, withoutStrays } from './template-use.ts';

/** From this share of traffic on, evenness is judged by quotas. */
const QUOTA_FROM = 0.7;
/** How many times everyone else's elicitation is more than plain work: where half of all traffic elicits, asking says nothing. */
const ENRICHED = 2;
/** Nats that plain work must be likelier by: most work that is dealt out evenly is honest. */
const PLAIN_DOUBT = 3;

/** What a template must come to, as parameters of the detection say it. */
interface Least {
  minOwners: number;
  minUsesPerAccount: number;
  minTrafficShare: number;
  minEvidence: number;
  minCardedEvidence: number;
  strayShare: number;
  minPlainShare: number;
  minElicitation: number;
  maxPublicShare: number;
}

/** Of everyone, and of the templates that were looked at. */
export interface Surroundings {
  exchanges: number;
  elicited: number;
  tested: number;
}

/** What a template's uses say as a hit, or undefined where they are not dealt, or not enough. */
export function findDealt(
  uses: readonly TemplateUse[],
  { trait, templates }: Pick<Template, 'trait' | 'templates'>,
  everyone: Surroundings,
  p: Least,
) {
  const unsorted = withoutStrays(uses, p.strayShare);
  const sum = sumUses(unsorted);
  if (sum.owners < p.minOwners || sum.uses < p.minUsesPerAccount * unsorted.length) return undefined;
  const trafficShare = sum.uses / sum.exchanges;
  const publicShare = sum.publicUses / sum.exchanges;
  if (trafficShare < p.minTrafficShare || publicShare > p.maxPublicShare) return undefined;

  const elicitation = sum.elicited / sum.uses;
  // Of everyone else: a large campaign must not hide behind the share that it makes itself.
  const others = everyone.exchanges - sum.exchanges;
  const baseElicitation = others > 0 ? (everyone.elicited - sum.allElicited) / others : 0;
  const asks = elicitation >= Math.max(p.minElicitation, baseElicitation);
  const elicits = asks && elicitation >= ENRICHED * baseElicitation;
  if (!asks && trafficShare < p.minPlainShare) return undefined;

  // Only now: most templates end above, and of a wide one the first accounts are looked at.
  const dealt = unsorted.toSorted((a, b) => (a.account < b.account ? -1 : 1));
  // Where the template is nearly all of its accounts' traffic, its share says nothing; equal quotas still do. What an
  // application asks for itself is a fixed share of its traffic, whoever uses it: plain work must be even by both.
  const bases = [
    ...(trafficShare <= QUOTA_FROM ? [(use: { exchanges: number }) => use.exchanges] : []),
    ...(trafficShare > QUOTA_FROM || !asks || templates > 1 ? [() => 1] : []),
  ];
  const evenness = Math.min(
    ...bases.map((exposure) => dealingEvidence(dealt.map((use) => ({ uses: use.uses, exposure: exposure(use) })))),
  );
  const cards = cardsBearOut(dealt);
  const weight = evenness - Math.log(everyone.tested) - (asks || cards ? 0 : PLAIN_DOUBT);
  if (weight < (cards ? p.minCardedEvidence : p.minEvidence)) return undefined;
  return {
    trait,
    accounts: dealt.map((use) => use.account),
    weight,
    evidence: {
      uses: sum.uses,
      elicits: Number(elicits),
      cards: Number(cards),
      trafficShare,
      elicitation,
      baseElicitation,
      publicShare,
      tested: everyone.tested,
      templates,
    },
  };
}
