import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';

/** Which payment instruments are shared, unless a person says otherwise. */
export const SHARED_CARD = { minOwners: 3, maxAccounts: 500 };

/** The same as parameters of a detection. */
export const sharedCardParams = {
  minOwners: z.number().int().min(2).default(SHARED_CARD.minOwners).describe('2 finds pairs, and families with it'),
  maxAccounts: z
    .number()
    .int()
    .positive()
    .default(SHARED_CARD.maxAccounts)
    .describe('above it, the fingerprint is a processor’s default'),
};

/**
 * Two table expressions over one named `activity`: `card`, an instrument that enough owners share, with how many accounts
 * it pays for and their exchanges; and `card_of`, the narrowest of them for each account.
 */
export const sharedCards = ({ minOwners, maxAccounts }: typeof SHARED_CARD): Sql => sql`
    card as (
      select t.trait as card, count(*)::int as accounts, sum(a.exchanges)::bigint as exchanges
      from activity a cross join lateral unnest(a.traits) as t(trait)
      where ${isOfKind(sql`t.trait`, ['payment'])}
      group by t.trait having count(distinct a.owner) between ${minOwners} and ${maxAccounts}
    ),
    card_of as materialized (
      select distinct on (a.account_key) a.account_key, c.card, c.accounts
      from activity a cross join lateral unnest(a.traits) as t(trait) join card c on c.card = t.trait
      order by a.account_key, c.accounts, c.card
    )`;
