import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { Key, Quantity, Timestamp } from './query.ts';

/** What a dossier may look at. Times are epoch milliseconds; days are whole UTC days. */
export interface DossierBounds {
  campaign: number;
  /** First and last exchange that it tells of. */
  from: number;
  to: number;
  /** From where on there are single exchanges: `from`, or where the retention has dropped older ones, later. */
  exchangesFrom: number;
  /** Accounts that joined later are left out. */
  asOf: number;
  bucketHours: number;
}

/** A question of the dossier: the same bounds always give the same text, parameters and order of rows. */
export interface DossierQuery<Row extends z.ZodType = z.ZodType> {
  id: string;
  /** What it asks, in a sentence. */
  about: string;
  statement: Sql;
  row: Row;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const days = ({ from, to }: DossierBounds): Sql => sql`day between ${day(from)}::date and ${day(to)}::date`;
const span = (column: Sql, { from, to }: DossierBounds): Sql =>
  sql`${column} >= ${new Date(from)} and ${column} <= ${new Date(to)}`;
const exchangesOf = (bounds: DossierBounds): DossierBounds => ({ ...bounds, from: bounds.exchangesFrom });
const present = ({ campaign, asOf }: DossierBounds): Sql =>
  sql`campaign_id = ${campaign} and left_at is null and joined_at <= ${new Date(asOf)}`;
const members = (bounds: DossierBounds): Sql =>
  sql`(select account_key from campaign_account where ${present(bounds)} and standing = 'member')`;

const AccountRow = z.object({
  account_key: Key,
  account_id: z.string(),
  standing: z.enum(['member', 'review']),
  strength: z.number(),
  detections: z.array(z.string()),
  joined_at: Timestamp,
  created_at: Timestamp.nullable(),
  organization_id: z.string().nullable(),
  email_domain: z.string().nullable(),
  email_disposable: z.boolean().nullable(),
  payment_kind: z.string().nullable(),
  plan: z.string().nullable(),
  program: z.string().nullable(),
  verification: z.string().nullable(),
  country: z.string().nullable(),
  status: z.string().nullable(),
  exchanges: Quantity,
  elicited: Quantity,
  input_tokens: Quantity,
  output_tokens: Quantity,
  active_days: Quantity,
  first_at: Timestamp.nullable(),
  last_at: Timestamp.nullable(),
});

const ActivityRow = z.object({
  is_campaign: z.boolean(),
  day: z.string(),
  accounts: Quantity,
  exchanges: Quantity,
  elicited: Quantity,
  refused: Quantity,
  input_tokens: Quantity,
  output_tokens: Quantity,
});

const HourRow = z.object({ is_campaign: z.boolean(), hour: z.number(), account_days: Quantity, of: Quantity });
const BucketRow = z.object({ at: Timestamp, campaign: Quantity, everyone: Quantity });
const UseRow = z.object({ capability: z.number(), campaign: Quantity, everyone: Quantity });
const ModelRow = z.object({ model: z.string(), exchanges: Quantity, accounts: Quantity });
const TraitRow = z.object({
  trait: Key,
  accounts: Quantity,
  others: Quantity,
  uses: Quantity,
  elicited: Quantity,
  first_at: Timestamp.nullable(),
  last_at: Timestamp.nullable(),
});
const PopulationRow = z.object({ accounts: Quantity, exchanges: Quantity });

export type DossierAccount = z.output<typeof AccountRow>;

/** Traits that a dossier lists: those that most of its accounts bear. */
const MOST_TRAITS = 500;

const ask = <Row extends z.ZodType>(query: DossierQuery<Row>): DossierQuery<Row> => query;

/** Every question about the traffic that a dossier's facts rest on. */
export function dossierQueries(bounds: DossierBounds) {
  const origin = new Date(0);
  const bucket = (column: Sql): Sql =>
    sql`date_bin(make_interval(hours => ${bounds.bucketHours}), ${column}, ${origin})`;
  const traffic =
    bounds.bucketHours % 24 === 0
      ? sql`
          select ${bucket(sql`(day::timestamp at time zone 'UTC')`)} as at, sum(exchanges) as campaign, 0 as everyone
          from account_day where account_key in ${members(bounds)} and ${days(bounds)}
          group by 1`
      : sql`
          select ${bucket(sql`occurred_at`)} as at, count(*) as campaign, 0 as everyone
          from exchange where account_key in ${members(bounds)} and ${span(sql`occurred_at`, bounds)}
          group by 1`;
  return {
    accounts: ask({
      id: 'accounts',
      about: 'The campaign’s accounts, what the provider’s records say of them, and how much each did.',
      row: AccountRow,
      statement: sql`
        select m.account_key, coalesce(a.account_id, m.account_key::text) as account_id, m.standing, m.strength,
          m.detections, m.joined_at, a.created_at, a.organization_id, a.email_domain, a.email_disposable,
          a.payment_kind, a.plan, a.program, a.verification, a.country, a.status,
          coalesce(d.exchanges, 0) as exchanges, coalesce(d.elicited, 0) as elicited,
          coalesce(d.input_tokens, 0) as input_tokens, coalesce(d.output_tokens, 0) as output_tokens,
          coalesce(d.active_days, 0) as active_days, d.first_at, d.last_at
        from (select * from campaign_account where ${present(bounds)}) m
        left join account a on a.account_key = m.account_key
        left join (
          select account_key, sum(exchanges) as exchanges, sum(elicited + graded) as elicited,
            sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens, count(*) as active_days,
            min(first_at) as first_at, max(last_at) as last_at
          from account_day where ${days(bounds)}
            and account_key in (select account_key from campaign_account where ${present(bounds)})
          group by account_key
        ) d on d.account_key = m.account_key
        order by m.account_key`,
    }),
    activity: ask({
      id: 'activity',
      about: 'Each day’s accounts, exchanges and tokens: of the campaign, and of everyone else.',
      row: ActivityRow,
      statement: sql`
        select account_key in ${members(bounds)} as is_campaign, day::text as day, count(*) as accounts,
          sum(exchanges) as exchanges, sum(elicited + graded) as elicited, sum(refused) as refused,
          sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens
        from account_day where ${days(bounds)}
        group by 1, 2 order by 1, 2`,
    }),
    hours: ask({
      id: 'hours',
      about: 'In which hours of the UTC day accounts were at work, as a share of the days on which they were.',
      row: HourRow,
      statement: sql`
        select account_key in ${members(bounds)} as is_campaign, h.hour,
          count(*) filter (where (hours >> h.hour) & 1 = 1) as account_days, count(*) as of
        from account_day cross join generate_series(0, 23) as h(hour)
        where ${days(bounds)}
        group by 1, 2 order by 1, 2`,
    }),
    traffic: ask({
      id: 'traffic',
      about: 'Exchanges over time: of the campaign, and of everyone.',
      row: BucketRow,
      statement: sql`
        select at, sum(campaign) as campaign, sum(everyone) as everyone
        from (
          ${traffic}
          union all
          select ${bucket(sql`hour`)}, 0, sum(exchanges) from traffic_hour where ${span(sql`hour`, bounds)} group by 1
        ) b
        group by at order by at`,
    }),
    uses: ask({
      id: 'uses',
      about: 'What the models were used for: by the campaign, and by everyone.',
      row: UseRow,
      statement: sql`
        select capability, sum(campaign) as campaign, sum(everyone) as everyone
        from (
          select capability, count(*) as campaign, 0 as everyone
          from exchange where account_key in ${members(bounds)} and ${span(sql`occurred_at`, exchangesOf(bounds))}
          group by 1
          union all
          select capability, 0, sum(exchanges) from traffic_hour where ${span(sql`hour`, exchangesOf(bounds))} group by 1
        ) u
        group by capability order by capability`,
    }),
    models: ask({
      id: 'models',
      about: 'Which models the campaign used.',
      row: ModelRow,
      statement: sql`
        select m.name as model, count(*) as exchanges, count(distinct e.account_key) as accounts
        from exchange e join model m on m.model_id = e.model_id
        where e.account_key in ${members(bounds)} and ${span(sql`e.occurred_at`, exchangesOf(bounds))}
        group by m.name order by count(*) desc, m.name collate "C"`,
    }),
    traits: ask({
      id: 'traits',
      about: 'Traits that at least two of the campaign’s accounts share, and how many other accounts bear them.',
      row: TraitRow,
      statement: sql`
        with bearer as (
          select account_key, trait, sum(uses) as uses, sum(elicited) as elicited, min(first_at) as first_at,
            max(last_at) as last_at
          from sighting where ${days(bounds)} and account_key in ${members(bounds)}
          group by account_key, trait
          union all
          select a.account_key, t.trait, 0, 0, null, null
          from account a cross join lateral unnest(a.traits) as t(trait) where a.account_key in ${members(bounds)}
        ), shared as (
          select trait, count(distinct account_key) as accounts, sum(uses) as uses, sum(elicited) as elicited,
            min(first_at) as first_at, max(last_at) as last_at
          from bearer group by trait having count(distinct account_key) > 1
          order by count(distinct account_key) desc, trait limit ${MOST_TRAITS}
        ), other as (
          select trait, count(distinct account_key) as others
          from (
            select trait, account_key from sighting
            where ${days(bounds)} and trait in (select trait from shared)
            union all
            select t.trait, a.account_key from account a cross join lateral unnest(a.traits) as t(trait)
            where t.trait in (select trait from shared)
          ) o
          where account_key not in ${members(bounds)}
          group by trait
        )
        select s.trait, s.accounts, coalesce(o.others, 0) as others, s.uses, s.elicited, s.first_at, s.last_at
        from shared s left join other o on o.trait = s.trait
        order by s.accounts desc, s.trait`,
    }),
    population: ask({
      id: 'population',
      about: 'Everyone who was active between these days: what the campaign is compared with.',
      row: PopulationRow,
      statement: sql`
        select count(distinct account_key) as accounts, coalesce(sum(exchanges), 0) as exchanges
        from account_day where ${days(bounds)}`,
    }),
  };
}
