import sql from 'sql-template-tag';
import { z } from 'zod';
import { CONTENT_KINDS } from '../campaigns/trait.ts';
import { Key, Quantity } from '../db/query.ts';
import { dealingEvidence } from './dealing-evidence.ts';
import { defineDetection } from './detection.ts';
import { activity, daysOf, isOfKind } from './window.ts';

/** From this share of traffic on, evenness is judged by quotas. */
const QUOTA_FROM = 0.7;
/** Nats that plain work must be likelier by: most work that is dealt out evenly is honest. */
const PLAIN_DOUBT = 3;

/** Prompt and system templates that a job queue deals out evenly, and that ask for what a student model needs. */
export const sharedTemplate = defineDetection({
  id: 'shared-template',
  family: 'content',
  role: 'ties',
  title: 'Accounts dealt the same prompt template',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer sees thinner use, and dilutes a fresh start'),
    minOwners: z.number().int().min(2).default(5).describe('fewer finds smaller pools, and small teams'),
    minUsesPerAccount: z.number().positive().default(1.5).describe('below this, evenness cannot be told from chance'),
    minTrafficShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.02)
      .describe("of its accounts' exchanges: lower finds more templates dealt at once, and resold applications"),
    minEvidence: z
      .number()
      .default(4)
      .describe(
        'nats by which even dealing must be likelier than people’s use: lower is earlier, and takes in applications',
      ),
    strayShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .describe('of the typical share of traffic: accounts that use the template less are strays, and left out'),
    minPlainShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.3)
      .describe(
        'the same for templates that elicit nothing: lower finds plain work dealt out, and applications with many users',
      ),
    minElicitation: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .describe('share of its uses that elicit reasoning or grade answers'),
    maxPublicShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.3)
      .describe('items that several accounts repeat to the letter: a public evaluation repeats, a campaign deals out'),
  }),
  row: z.object({
    trait: Key,
    accounts: z.array(Key),
    owners: Quantity,
    uses: z.array(z.number()),
    exchanges: z.array(z.number()),
    traffic_share: z.number(),
    elicitation: z.number(),
    base_elicitation: z.number(),
    public_share: z.number(),
    tested: Quantity,
  }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    everyone as (select sum(exchanges)::float as exchanges, sum(elicited)::float as elicited from activity),
    public_item as (
      select account_key, sum(uses)::bigint as uses from account_trait
      where ${isOfKind(sql`trait`, ['prompt_item'])} and ${daysOf(sql`day`, window, p.windowDays)}
      group by account_key
    ),
    used as (
      select trait, account_key, sum(uses)::float as uses, sum(elicited)::float as elicited from account_trait
      where ${isOfKind(sql`trait`, CONTENT_KINDS)} and ${daysOf(sql`day`, window, p.windowDays)}
      group by trait, account_key
    ),
    candidate as (
      select trait from used group by trait
      having count(*) >= ${p.minOwners} and sum(uses) >= ${p.minUsesPerAccount}::float * count(*)
    ),
    share as (
      select u.trait, u.account_key, a.owner, u.uses, u.elicited, a.exchanges::float as exchanges,
        a.elicited::float as all_elicited,
        least(coalesce(i.uses, 0), a.exchanges)::float as public_uses
      from candidate c
      join used u on u.trait = c.trait
      join activity a on a.account_key = u.account_key
      left join public_item i on i.account_key = u.account_key
    ),
    typical as (
      select trait, percentile_cont(0.5) within group (order by uses / exchanges) as traffic_share
      from share group by trait
    ),
    -- Strays who met the template once must not hide how evenly the others use it, and are not accused.
    template as (
      select s.trait, array_agg(s.account_key order by s.account_key) as accounts,
        array_agg(s.uses order by s.account_key) as uses, array_agg(s.exchanges order by s.account_key) as exchanges,
        count(distinct s.owner) as owners, sum(s.uses) / sum(s.exchanges) as traffic_share,
        sum(s.elicited) / sum(s.uses) as elicitation, sum(s.public_uses) / sum(s.exchanges) as public_share,
        sum(s.exchanges) as own_exchanges, sum(s.all_elicited) as own_elicited
      from share s join typical t on t.trait = s.trait
      where s.uses >= ${p.strayShare}::float * t.traffic_share * s.exchanges
      group by s.trait
      having count(distinct s.owner) >= ${p.minOwners} and sum(s.uses) >= ${p.minUsesPerAccount}::float * count(*)
        and sum(s.uses) >= ${p.minTrafficShare}::float * sum(s.exchanges)
        and sum(s.public_uses) <= ${p.maxPublicShare}::float * sum(s.exchanges)
    )
    select t.trait, t.accounts, t.uses, t.exchanges, t.owners, t.traffic_share, t.elicitation, t.public_share,
      -- Of everyone else: a large campaign must not hide behind the share that it makes itself.
      coalesce((e.elicited - t.own_elicited) / nullif(e.exchanges - t.own_exchanges, 0), 0) as base_elicitation,
      (select count(*) from template) as tested
    from template t, everyone e`,
  hit(row, p) {
    const elicits = row.elicitation >= p.minElicitation && row.elicitation >= row.base_elicitation;
    if (!elicits && row.traffic_share < p.minPlainShare) return undefined;
    // Where the template is nearly all of its accounts' traffic, its share says nothing; equal quotas still do.
    const byQuota = row.traffic_share > QUOTA_FROM;
    const dealt = row.uses.map((uses, index) => ({ uses, exposure: byQuota ? 1 : (row.exchanges[index] ?? 1) }));
    const weight = dealingEvidence(dealt) - Math.log(row.tested) - (elicits ? 0 : PLAIN_DOUBT);
    if (weight < p.minEvidence) return undefined;
    return {
      trait: row.trait,
      accounts: row.accounts,
      weight,
      evidence: {
        uses: row.uses.reduce((sum, uses) => sum + uses, 0),
        trafficShare: row.traffic_share,
        elicitation: row.elicitation,
        baseElicitation: row.base_elicitation,
        publicShare: row.public_share,
        tested: row.tested,
      },
    };
  },
  explain: (hits, covered, of) =>
    `${hits.length === 1 ? 'one prompt template' : `${hits.length} marks of shared prompt templates`} dealt evenly over ${covered} of ${of} accounts`,
  looksFor:
    'A template whose uses lie within chance of an equal share of each account’s traffic, and that asks for written-out reasoning or grades answers, or makes up much of their traffic. A campaign’s job queue deals work evenly; people and their sessions clump.',
  benignCauses: [
    'a public evaluation run by unrelated people: the same items recur, and runs come in bursts',
    'an agent framework’s system prompt: used unevenly',
    'one organisation’s evaluation: one owner',
  ],
  knownGaps: [
    'bare questions without a wrapper share no template',
    'plain templates, where a campaign uses many at once or mixes its work with other traffic',
    'gateways that give no prompt text',
  ],
  runbook: 'Open “evidence”: compare how evenly the template is used with how evenly everyone else uses theirs.',
});
