import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Numbers } from '../db/query.ts';
import { templateSums } from '../db/template-sum.ts';
import { defineDetection } from './detection.ts';
import { findDealt } from './find-dealt.ts';
import { ofAskingText } from './of-asking-text.ts';
import { poolTemplates } from './pool-templates.ts';
import { type Much, People, readTemplates, WITH_STRAYS } from './read-templates.ts';
import { SHARED_CARD, sharedCards } from './shared-cards.ts';
import { usesOf } from './template.ts';
import { activity, daysOf, utcDays } from './window.ts';

/** Uses per account and day of a template that is dealt evenly and just often enough, minUsesPerAccount in three days. */
const REPEATED_IN_A_DAY = 1.15;
/** The same as `isMuch`, of the sums of a template's days: it is never a smaller share of them than of the window. */
const isMuchInDays = (least: Much): Sql => sql`
  sum(t.uses) >= ${WITH_STRAYS * least.minTrafficShare}::float * sum(t.exchanges)
  and (sum(t.elicited) >= ${WITH_STRAYS * least.minElicitation}::float * sum(t.uses)
    or sum(t.uses) >= ${WITH_STRAYS * least.minPooledShare}::float * sum(t.exchanges))`;

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
    /** Null in the one row that says who `people` are; the others are templates, whose users are places in it. */
    trait: Key.nullable(),
    /** A value for each of the template's users and each day that they used it on. */
    users: Numbers,
    uses: Numbers,
    elicited: Numbers,
    people: People.nullable(),
  }),
  query: (p, window) => sql`
    with activity as materialized (${activity(window, p.windowDays)}),
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
        and ${isMuchInDays(p)}
    ),
    person as materialized (
      select a.account_key, row_number() over (order by a.account_key)::int - 1 as place, hashtext(a.owner) as owner,
        a.exchanges, a.elicited, coalesce(i.uses, 0) as public_uses,
        coalesce(hashint8(c.card), 0) as card, coalesce(c.accounts, 0) as card_accounts
      from activity a
      left join public_item i on i.account_key = a.account_key
      left join card_of c on c.account_key = a.account_key
    )
    select t.trait, array_agg(p.place)::text as users, array_agg(t.uses)::text as uses,
      array_agg(t.elicited)::text as elicited, null::json as people
    from candidate c join sighting t on t.trait = c.trait join person p on p.account_key = t.account_key
    where ${daysOf(sql`t.day`, window, p.windowDays)}
    group by t.trait
    union all
    select null, '{}', '{}', '{}', json_build_object(
      'accounts', json_agg(account_key::text order by place), 'owners', json_agg(owner order by place),
      'exchanges', json_agg(exchanges order by place), 'allElicited', json_agg(elicited order by place),
      'publicUses', json_agg(public_uses order by place), 'cards', json_agg(card order by place),
      'cardAccounts', json_agg(card_accounts order by place))
    from person having count(*) > 0`,
  gather(rows, p) {
    const people = rows.find((row) => row.people !== null)?.people;
    if (!people) return [];
    const days = rows.flatMap(({ trait, ...columns }) => (trait === null ? [] : [{ trait, ...columns }]));
    const { templates, everyone } = readTemplates(days, people, p);
    return [...templates, ...poolTemplates(templates, p.minOwners)].map((template) => ({ template, everyone }));
  },
  hit({ template, everyone }, p) {
    const all = usesOf(template);
    const asking = ofAskingText(all);
    return (
      (asking === all ? undefined : findDealt(asking, template, everyone, p)) ?? findDealt(all, template, everyone, p)
    );
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
