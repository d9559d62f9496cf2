import { kindOfTrait } from '../campaigns/trait.ts';
import { formatCount, formatPercent } from '../slack/format.ts';
import { DAY_MS } from '../time-units.ts';
import type { DossierFacts } from './gather-dossier.ts';

/** A benign explanation that was tried. `fails`: figures speak against it. `open`: they do not exclude it. */
export interface BenignCheck {
  explanation: string;
  verdict: 'fails' | 'open';
  why: string;
  /** The detection that names it; null for what is asked of every campaign. */
  namedBy: string | null;
}

type Facts = Pick<DossierFacts, 'accounts' | 'activity' | 'hours' | 'traits' | 'looks'>;
type Verdict = Pick<BenignCheck, 'verdict' | 'why'>;

interface Check {
  explanation: string;
  /** Causes in detections' own words that it answers. */
  covers: RegExp;
  judge: (facts: Facts) => Verdict;
}

/** More than this share within one organisation, or one wave of sign-ups, explains a group. */
const HALF = 0.5;
/** People's quietest hours have a tenth of their busiest; half is no night any more. */
const NIGHTLESS = 0.5;
const QUIET_HOURS = 6;
/** As for the detections' own: a quarter of the traffic, and twice everyone else's share. */
const ELICITING = 0.25;
const ENRICHED = 2;
/** Two or three accounts on one card are a family. */
const FAMILY = 3;

const CHECKS: readonly Check[] = [
  {
    explanation: 'They are one organisation',
    covers: /organi[sz]ation|company|firm|teacher/i,
    judge(facts) {
      const known = members(facts);
      const counts = countBy(known.flatMap(({ organization_id }) => organization_id ?? []));
      const largest = Math.max(0, ...counts.values());
      const why = `${known.length - sum(counts)} of ${known.length} accounts belong to no organisation; the largest has ${formatCount(largest, 'account')}.`;
      return { verdict: largest <= HALF * known.length ? 'fails' : 'open', why };
    },
  },
  {
    explanation: 'They do what a contract or programme permits',
    covers: /contract|programme|permitted|research/i,
    judge(facts) {
      const known = members(facts);
      const contracted = known.filter(({ program }) => program !== null && program !== 'none').length;
      return contracted === 0
        ? {
            verdict: 'fails',
            why: `None of ${known.length} accounts is under a contract or programme of the provider.`,
          }
        : {
            verdict: 'open',
            why: `${contracted} of ${known.length} accounts are under one: ask whoever granted it what it permits.`,
          };
    },
  },
  {
    explanation: 'They signed up together for an event: a course, a hackathon, a launch',
    covers: /course|hackathon|launch|event/i,
    judge(facts) {
      const times = members(facts)
        .flatMap(({ created_at }) => created_at ?? [])
        .toSorted((a, b) => a - b);
      if (times.length === 0) return { verdict: 'open', why: 'The records do not say when the accounts were created.' };
      const wave = mostWithin(times, DAY_MS);
      const why = `${wave} of ${times.length} accounts were created within the busiest 24 hours of sign-ups.`;
      return { verdict: wave <= HALF * times.length ? 'fails' : 'open', why };
    },
  },
  {
    explanation: 'They are unrelated people at their own hours',
    covers: /human rhythm|travels|family|people use/i,
    judge(facts) {
      const { quiet, busy } = rhythmOf(facts, true);
      const others = rhythmOf(facts, false);
      const why = `In the six quietest hours of the day they are at work on ${formatPercent(quiet)} of their days, in the six busiest on ${formatPercent(busy)}; everyone else on ${formatPercent(others.quiet)} and ${formatPercent(others.busy)}.`;
      return { verdict: busy > 0 && quiet >= NIGHTLESS * busy ? 'fails' : 'open', why };
    },
  },
  {
    explanation: 'They share a card as families and small teams do',
    covers: /family plan|company card/i,
    judge(facts) {
      const cards = facts.traits.filter(({ trait }) => kindOfTrait(trait) === 'payment');
      const most = Math.max(0, ...cards.map(({ accounts }) => accounts));
      const why =
        most === 0
          ? 'No two of the accounts share a payment instrument.'
          : `${formatCount(cards.length, 'instrument')} shared; one pays for ${formatCount(most, 'account')} of the campaign.`;
      return { verdict: most > FAMILY ? 'fails' : 'open', why };
    },
  },
  {
    explanation: 'They are one product or aggregator with many users of its own',
    covers: /aggregator|product|application|SDK|version|writing/i,
    judge(facts) {
      const campaign = elicitation(facts, true);
      const others = elicitation(facts, false);
      const why = `${formatPercent(campaign)} of their exchanges ask for written-out reasoning, grades or training data; ${formatPercent(others)} of everyone else’s do. A product’s users ask for many things.`;
      return { verdict: campaign >= ELICITING && campaign >= ENRICHED * others ? 'fails' : 'open', why };
    },
  },
];

/** What is asked of every campaign, then what each detection that speaks for this one names itself. */
export function benignChecks(facts: Facts): BenignCheck[] {
  const general = CHECKS.map(({ explanation, judge }) => ({ explanation, ...judge(facts), namedBy: null }));
  const named = facts.looks.flatMap(({ detection }) =>
    detection.benignCauses.map((explanation): BenignCheck => {
      const check = CHECKS.find(({ covers }) => covers.test(explanation));
      const verdict: Verdict = check?.judge(facts) ?? {
        verdict: 'open',
        why: `Retort has no figure for it. For the person who looks: ${detection.runbook}`,
      };
      return { explanation, ...verdict, namedBy: detection.id };
    }),
  );
  return [...general, ...named];
}

const members = ({ accounts }: Facts) => accounts.filter(({ standing }) => standing === 'member');

/** Of times in order, the most that lie within any span of this length. */
function mostWithin(times: readonly number[], spanMs: number): number {
  let first = 0;
  return times.reduce((most, at, last) => {
    while (at - (times[first] ?? at) >= spanMs) first += 1;
    return Math.max(most, last - first + 1);
  }, 0);
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, one) => all + one, 0);

/** Mean shares of account days with work in the quietest and the busiest hours of the day. */
function rhythmOf({ hours }: Facts, isCampaign: boolean): { quiet: number; busy: number } {
  const shares = hours
    .filter((row) => row.is_campaign === isCampaign)
    .map((row) => (row.of === 0 ? 0 : row.account_days / row.of))
    .toSorted((a, b) => a - b);
  const mean = (values: readonly number[]) => values.reduce((all, one) => all + one, 0) / Math.max(1, values.length);
  return { quiet: mean(shares.slice(0, QUIET_HOURS)), busy: mean(shares.slice(-QUIET_HOURS)) };
}

function elicitation({ activity }: Facts, isCampaign: boolean): number {
  const rows = activity.filter((row) => row.is_campaign === isCampaign);
  const exchanges = rows.reduce((all, row) => all + row.exchanges, 0);
  // One exchange may ask for several of these.
  return exchanges === 0 ? 0 : Math.min(1, rows.reduce((all, row) => all + row.elicited, 0) / exchanges);
}
