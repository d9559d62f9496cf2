import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Backtest, STANDINGS } from '../campaigns/backtest.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import type { AccountKey } from '../campaigns/hit.ts';
import { readExceptedAccounts } from './exception-entry.ts';
import { type Database, many, one, Quantity } from './query.ts';

type Figures = Pick<Backtest, 'standing' | 'campaigns' | 'organizations' | 'contracted' | 'excepted' | 'strangers'>;

/** What is shown of campaigns, organisations and strangers. */
const MOST = 10;

/** Members of campaigns that stand, merged ones left out: what a detection's accounts are held against. */
const membership = sql`
  select m.account_key, m.campaign_id,
    case c.status when 'contained' then 'confirmed' when 'suspected' then 'open' when 'acknowledged' then 'open'
      else c.status end as standing
  from campaign_account m join campaign c on c.campaign_id = m.campaign_id
  where c.status <> 'merged' and m.standing = 'member' and m.left_at is null`;

/** Whom these accounts are: how people judged the campaigns they are in, and who owns them. */
export async function readBacktestFigures(
  db: Database,
  accounts: readonly AccountKey[],
  now: number,
): Promise<Figures> {
  const named = sql`select unnest(${[...accounts]}::bigint[]) as account_key`;
  const standings = await many(
    db,
    z.object({ standing: z.enum(STANDINGS), accounts: Quantity }),
    sql`
      select standing, count(*) as accounts from (
        select n.account_key, coalesce((array_agg(m.standing order by array_position(${[...STANDINGS]}::text[], m.standing)))[1], 'none') as standing
        from (${named}) n left join (${membership}) m on m.account_key = n.account_key
        group by n.account_key
      ) s group by standing`,
  );
  const campaigns = await many(
    db,
    z.object({ campaign_id: z.number(), status: z.string(), accounts: Quantity, of: Quantity }),
    sql`
      select c.campaign_id, c.status, count(*) as accounts, c.account_count as of
      from (${named}) n join (${membership}) m on m.account_key = n.account_key
      join campaign c on c.campaign_id = m.campaign_id
      group by c.campaign_id order by count(*) desc, c.campaign_id limit ${MOST}`,
  );
  const organizations = await many(
    db,
    z.object({ id: z.string(), accounts: Quantity }),
    sql`
      select a.organization_id as id, count(*) as accounts from (${named}) n join account a on a.account_key = n.account_key
      where a.organization_id is not null group by 1 order by 2 desc, 1 limit ${MOST}`,
  );
  const { contracted } = await one(
    db,
    z.object({ contracted: Quantity }),
    sql`
      select count(*) as contracted from (${named}) n join account a on a.account_key = n.account_key
      where coalesce(a.program, 'none') <> 'none'`,
  );
  const strangers = await many(
    db,
    z.object({ account_id: z.string() }),
    sql`
      select a.account_id from (${named}) n join account a on a.account_key = n.account_key
      where n.account_key not in (select account_key from (${membership}) m)
      order by a.account_id limit ${MOST}`,
  );
  const excepted = await readExceptedAccounts(db, now);
  return {
    standing: {
      confirmed: 0,
      open: 0,
      dismissed: 0,
      none: 0,
      ...Object.fromEntries(standings.map((row) => [row.standing, row.accounts])),
    },
    campaigns: campaigns.map(({ campaign_id, ...row }) => ({ id: formatCampaignId(campaign_id), ...row })),
    organizations,
    contracted,
    excepted: accounts.filter((account) => excepted.has(account)).length,
    strangers: strangers.map((row) => row.account_id),
  };
}
