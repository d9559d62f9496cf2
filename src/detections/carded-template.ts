import sql from 'sql-template-tag';
import { z } from 'zod';
import { excess } from '../campaigns/find-evidence.ts';
import { END_KINDS } from '../campaigns/trait.ts';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import { cardReach, reachEvidence } from './card-reach.ts';
import { defineDetection } from './detection.ts';
import { sharedCardParams, sharedCards } from './shared-cards.ts';
import { activity, daysOf } from './window.ts';

/** Users of a card from which on it is the template's, and not met by chance. */
const OWN_USERS = 2;
/** Nats: a template is one finding, however many cards it reaches. */
const MOST = 12;
/** Of a template's users, the share whom cards pay for from which on the others may be of the pool. */
const MOSTLY_CARDED = 0.8;
/** Uses from which on an account did not just happen to meet a template. */
const DENSE_USES = 5;
/** Of the users' typical share of traffic, the least that an account without such a card must have. */
const DENSE_SHARE = 0.5;

const Other = z.object({ account: Key, uses: z.number(), exchanges: z.number() });
type Other = z.output<typeof Other>;

/** Payment instruments whose accounts ask with one template: a pool, while its use is too thin to show how it is dealt. */
export const cardedTemplate = defineDetection({
  id: 'carded-template',
  family: 'payment',
  role: 'ties',
  title: 'Payment instruments whose accounts ask with one template',
  params: z.object({
    windowDays: z.number().int().positive().default(3).describe('longer sees thinner use, and dilutes a fresh start'),
    ...sharedCardParams,
    minCards: z.number().int().min(2).default(3).describe('fewer are an employer’s, or happen to lie together'),
    minUsers: z
      .number()
      .int()
      .positive()
      .default(12)
      .describe('of the template who pay with them: fewer is earlier, and reach is a guess'),
    minCardedShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('of the template’s users: lower finds pools among other customers, and popular templates'),
    minReach: z
      .number()
      .min(0)
      .default(0.8)
      .describe(
        'of the users that the cards’ other accounts would have at the same rate: lower finds resold accounts, whose users have other work',
      ),
    minEvidence: z.number().default(4).describe('nats by which so many cards are more than chance: lower is earlier'),
  }),
  row: z.object({
    trait: Key,
    /** All users of the template, and what they did in the window. */
    users: Quantity,
    uses: Quantity,
    exchanges: Quantity,
    /** One of each for every shared instrument among the users: users, accounts, and these accounts' exchanges. */
    card_users: z.array(z.number()),
    card_exchanges: z.array(z.number()),
    card_accounts: z.array(z.array(Key)),
    /** Users whom no shared instrument pays for and who use it often; none where cards pay for too few of its users. */
    others: z.array(Other),
    /** Accounts that pay with any shared instrument, of everyone. */
    carded: Quantity,
    everyone: Quantity,
    tested: Quantity,
  }),
  query: (p, window) => sql`
    with activity as materialized (${activity(window, p.windowDays)}),
    ${sharedCards(p)},
    member as (
      select card, json_agg(account_key::text order by account_key) as accounts from card_of group by card
    ),
    carded_use as materialized (
      select u.trait, c.card, count(distinct u.account_key)::int as users
      from card_of c join sighting u on u.account_key = c.account_key
      where ${isOfKind(sql`u.trait`, END_KINDS)} and ${daysOf(sql`u.day`, window, p.windowDays)}
      group by u.trait, c.card
    ),
    candidate as (
      select trait, sum(users)::int as users from carded_use group by trait
      having count(*) >= ${p.minCards} and sum(users) >= ${p.minUsers}
    ),
    used as materialized (
      select u.trait, u.account_key, u.uses, a.exchanges, o.card is not null as is_carded
      from (
        select t.trait, t.account_key, sum(t.uses)::int as uses
        from candidate c join sighting t on t.trait = c.trait
        where ${daysOf(sql`t.day`, window, p.windowDays)}
        group by t.trait, t.account_key
      ) u join activity a on a.account_key = u.account_key left join card_of o on o.account_key = u.account_key
    ),
    template as materialized (
      select u.trait, c.users as carded, count(*) as users, sum(u.uses) as uses, sum(u.exchanges) as exchanges
      from candidate c join used u on u.trait = c.trait
      group by u.trait, c.users having c.users >= ${p.minCardedShare}::float * count(*)
    ),
    -- Users who did not just happen to meet the template, and whom no shared instrument pays for.
    other as (
      select u.trait,
        json_agg(json_build_object('account', u.account_key::text, 'uses', u.uses, 'exchanges', u.exchanges)) as others
      from template t join used u on u.trait = t.trait
      where t.carded >= ${MOSTLY_CARDED}::float * t.users and not u.is_carded and u.uses >= ${DENSE_USES}::int
      group by u.trait
    ),
    paid as (
      select u.trait, json_agg(u.users order by u.card) as card_users,
        json_agg(c.exchanges order by u.card) as card_exchanges, json_agg(m.accounts order by u.card) as card_accounts
      from template t join carded_use u on u.trait = t.trait join card c on c.card = u.card join member m on m.card = u.card
      group by u.trait
    )
    select t.trait, t.users, t.uses, t.exchanges, p.card_users, p.card_exchanges, p.card_accounts,
      coalesce(o.others, '[]') as others, (select count(*) from card_of) as carded,
      (select count(*) from activity) as everyone, (select count(*) from candidate) as tested
    from template t join paid p on p.trait = t.trait left join other o on o.trait = t.trait`,
  hit(row, p) {
    const cards = row.card_accounts.map((members, at) => ({
      members,
      accounts: members.length,
      users: row.card_users[at] ?? 0,
      exchanges: row.card_exchanges[at] ?? 0,
    }));
    const reach = cardReach(row, cards);
    const own = cards.filter(({ users }) => users >= OWN_USERS);
    if (own.length < p.minCards || reach < p.minReach) return undefined;
    const paid = new Set(own.flatMap(({ members }) => members));
    const carded = cards.reduce((sum, { users }) => sum + users, 0) / row.users;
    // Of everyone else; and a card's accounts are no chances of their own, so that each card counts once.
    const others = Math.max(0, row.everyone - paid.size);
    const base = (Math.max(0, row.carded - paid.size) + 1) / (others + 2);
    const weight = Math.min(MOST, own.length * excess(carded, base) + reachEvidence(row, cards) - Math.log(row.tested));
    if (weight < p.minEvidence) return undefined;
    return {
      trait: row.trait,
      accounts: [...paid, ...denseUsers(row)].toSorted(),
      weight,
      evidence: { cards: own.length, users: row.users, carded, base, reach, tested: row.tested },
    };
  },
  explain: (hits, covered, of) => {
    const cards = Math.max(...hits.map((hit) => Number(hit.evidence['cards'] ?? 0)));
    return `${covered} of ${of} accounts pay with instruments (${cards} of one template) whose accounts ask with the same templates, or ask with them as much`;
  },
  looksFor:
    'A template most of whose users pay with several shared instruments, and that reaches these instruments’ other accounts as it would if all were dealt the same work. It speaks before the template’s use is dense enough to see how evenly it is dealt.',
  benignCauses: [
    'an employer who pays for staff with several cards, without an organisation on record, and gives them one tool',
    'a reseller’s accounts: their users bring work of their own, and so a template reaches few of them',
  ],
  knownGaps: [
    'one card per account',
    'gateways that give no payment data or no prompt text',
    'bare questions without a wrapper',
  ],
  runbook: 'Open “evidence”: look whose cards they are, and ask billing whether one company holds them.',
});

/** Those of the other users for whom the template is as much of their traffic as for the pool's: accounts of its own card. */
function denseUsers({ uses, exchanges, others }: { uses: number; exchanges: number; others: Other[] }): string[] {
  const least = (DENSE_SHARE * uses) / exchanges;
  return others.filter((other) => other.uses >= least * other.exchanges).map(({ account }) => account);
}
