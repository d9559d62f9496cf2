import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import { templateSums } from '../db/template-sum.ts';
import { defineDetection } from './detection.ts';
import { findDealt } from './find-dealt.ts';
import { ofAskingText } from './of-asking-text.ts';
import { poolTemplates } from './pool-templates.ts';
import { SHARED_CARD, sharedCards } from './shared-cards.ts';
import { activity, daysOf, utcDays } from './window.ts';

/** Uses per account and day of a template that is dealt evenly and just often enough, minUsesPerAccount in three days. */
const REPEATED_IN_A_DAY = 1.15;
/** Uses per account, in the window, of one of several templates whose accounts mostly share cards. */
const CARDED_USES = 1.2;

/** Whether a template makes up enough of its accounts' traffic: strays are still among them, and may make up half of it. */
const isWorthListing = (
  least: { minTrafficShare: number; minElicitation: number; minPooledShare: number },
  of: Sql,
  exchanges: Sql,
): Sql => sql`
  sum(${of}.uses) >= ${least.minTrafficShare / 2}::float * ${exchanges}
  and (sum(${of}.elicited) >= ${least.minElicitation / 2}::float * sum(${of}.uses)
    or sum(${of}.uses) >= ${least.minPooledShare / 2}::float * ${exchanges})`;

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
    minCardedEvidence: z
      .number()
      .default(0)
      .describe(
        'the same where most of its accounts share cards among themselves: lower is earlier, and takes in an employer’s cards',
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
    minPooledShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('the same for one of several plain templates that the same accounts are dealt: lower costs time'),
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
    owners: z.array(z.number()),
    uses: z.array(z.number()),
    elicited: z.array(z.number()),
    exchanges: z.array(z.number()),
    all_elicited: z.array(z.number()),
    public_uses: z.array(z.number()),
    /** The payment instrument that each shares with two other owners at least, and how many accounts it pays for. */
    cards: z.array(z.number()),
    card_accounts: z.array(z.number()),
    everyone_exchanges: Quantity,
    everyone_elicited: Quantity,
    tested: Quantity,
    /** How many templates were added up. */
    templates: Quantity,
  }),
  query: (p, window) => sql`
    with activity as materialized (${activity(window, p.windowDays)}),
    everyone as materialized (select sum(exchanges) as exchanges, sum(elicited) as elicited from activity),
    public_item as (
      select account_key, sum(uses) as uses from sighting
      where ${isOfKind(sql`trait`, ['prompt_item'])} and ${daysOf(sql`day`, window, p.windowDays)}
      group by account_key
    ),
    ${sharedCards(SHARED_CARD)},
    -- By sums alone: most templates end here, before their accounts are counted. An account counts once for each day.
    candidate as materialized (
      select t.trait
      from (${templateSums(utcDays(window, p.windowDays))}) t
      group by t.trait
      having sum(t.accounts) >= ${p.minOwners} and sum(t.uses) >= ${REPEATED_IN_A_DAY}::float * sum(t.accounts)
        and ${isWorthListing(p, sql`t`, sql`sum(t.exchanges)`)}
    ),
    used as materialized (
      select t.trait, t.account_key, sum(t.uses)::int as uses, sum(t.elicited)::int as elicited
      from candidate c join sighting t on t.trait = c.trait
      where ${daysOf(sql`t.day`, window, p.windowDays)}
      group by t.trait, t.account_key
    ),
    template as (
      -- As JSON, which is read many times as fast as an array.
      select u.trait, json_agg(u.account_key::text) as accounts, json_agg(hashtext(a.owner)) as owners,
        json_agg(u.uses) as uses, json_agg(u.elicited) as elicited,
        json_agg(a.exchanges) as exchanges, json_agg(a.elicited) as all_elicited,
        json_agg(coalesce(i.uses, 0)) as public_uses,
        -- Cards say something only where they are most of its accounts'.
        case when 2 * count(c.card) >= count(*) then json_agg(coalesce(hashint8(c.card), 0)) else '[]' end as cards,
        case when 2 * count(c.card) >= count(*) then json_agg(coalesce(c.accounts, 0)) else '[]' end as card_accounts
      from used u join activity a on a.account_key = u.account_key
      left join public_item i on i.account_key = u.account_key
      left join card_of c on c.account_key = u.account_key
      group by u.trait
      having count(*) >= ${p.minOwners}
        -- A thin one may be of a pool; only where most of its accounts share cards are so many read to see it.
        and sum(u.uses) >= count(*)
          * case when 2 * count(c.card) >= count(*) then ${CARDED_USES}::float else ${p.minUsesPerAccount}::float end
        and ${isWorthListing(p, sql`u`, sql`sum(a.exchanges)`)}
    )
    select t.*, e.exchanges as everyone_exchanges, e.elicited as everyone_elicited, count(*) over () as tested, 1 as templates
    from template t, everyone e`,
  pool: (rows, p) => poolTemplates(rows, p.minOwners),
  hit(row, p) {
    const all = row.accounts.map((account, index) => ({
      account,
      owner: row.owners[index] ?? 0,
      uses: row.uses[index] ?? 0,
      elicited: row.elicited[index] ?? 0,
      exchanges: row.exchanges[index] ?? 0,
      allElicited: row.all_elicited[index] ?? 0,
      publicUses: row.public_uses[index] ?? 0,
      card: row.cards[index] ?? 0,
      cardAccounts: row.card_accounts[index] ?? 0,
    }));
    const asking = ofAskingText(all);
    return (asking === all ? undefined : findDealt(asking, row, p)) ?? findDealt(all, row, p);
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
