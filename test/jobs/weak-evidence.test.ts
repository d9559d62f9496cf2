import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScoredGroup } from '../../src/campaigns/score-group.ts';
import { readCampaignRecords } from '../../src/db/campaign-records.ts';
import { recordCampaign } from '../../src/jobs/record-campaign.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { END } from '../detections/world.ts';
import { guiltyWorld as guiltyWorldIn, look } from './campaign-world.ts';

let database: TestDatabase;
let pool: pg.Pool;

// A database for each test: the audit cannot be emptied.
beforeEach(async () => {
  database = await createTestDatabase();
  ({ pool } = database);
  return () => database.drop();
});

const rowsOf = async (query: string): Promise<unknown[]> => (await pool.query(query)).rows;
const guiltyWorld = (seed: string) => guiltyWorldIn(pool, seed);

describe('a group that is far weaker than the best its campaign had', () => {
  it('takes nobody in', async () => {
    const { guilty } = await guiltyWorld('far weaker');
    await look(pool);
    const fresh = `account_key = (select account_key from account where account_id = '${guilty[0]}')`;
    const standing = () => rowsOf(`select standing from campaign_account where ${fresh}`);
    await pool.query(`delete from campaign_account where ${fresh}`);
    await pool.query(`update campaign set confidence = 0.999999, evidence = jsonb_set(evidence, '{bestTie}', '500')`);
    await look(pool);
    expect(await standing()).toEqual([{ standing: 'review' }]);
    expect(await rowsOf("select evidence->'bestTie' as tie from campaign")).toEqual([{ tie: 500 }]);
    const [record] = await readCampaignRecords(pool);
    expect(record?.account_ids.toSorted()).toEqual(guilty.slice(1).toSorted());
    await pool.query('update campaign set confidence = 0.95');
    await look(pool);
    expect(await standing()).toEqual([{ standing: 'member' }]);
  });

  it('takes nobody in either where it would not be told by itself', async () => {
    const { guilty } = await guiltyWorld('not told');
    await look(pool);
    const scored: ScoredGroup[] = [];
    await look(pool, { dryRun: true, onScored: (groups) => scored.push(...groups) });
    const fresh = `account_key = (select account_key from account where account_id = '${guilty[0]}')`;
    await pool.query(`delete from campaign_account where ${fresh}`);
    const record = (confidence: number) =>
      recordCampaign(
        pool,
        { ...(scored[0] as ScoredGroup), confidence },
        { group: 0, campaign: 1, absorbed: [], weak: false },
        { now: END, end: END },
      );
    await record(0.89);
    expect(await rowsOf(`select standing from campaign_account where ${fresh}`)).toEqual([{ standing: 'review' }]);
    await record(0.9);
    expect(await rowsOf(`select standing from campaign_account where ${fresh}`)).toEqual([{ standing: 'member' }]);
  });

  it('leaves the campaign what it was, and continues no lesser one of the same accounts', async () => {
    await guiltyWorld('what it was');
    await look(pool);
    const judged =
      "select kind, confidence, families, evidence->'reasons' as reasons from campaign order by campaign_id";
    const asResale = `
      update campaign set kind = 'resale', confidence = 0.999999, families = '{timing}',
        evidence = evidence || '{"bestTie": 1000000, "reasons": []}'`;
    await pool.query(asResale);
    const [before] = await rowsOf(judged);
    await look(pool);
    expect(await rowsOf(judged)).toEqual([before]);
    // Another has most of its accounts, and is continued by nothing: what is weak for one is nobody's.
    await pool.query(`
      insert into campaign (kind, status, severity, confidence, account_count, exchange_count, families, detections, evidence, created_at, updated_at)
        select kind, status, severity, 0.5, account_count, exchange_count, families, detections,
          evidence || '{"bestTie": 1}', created_at, updated_at from campaign;
      insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
        select 2, account_key, strength, standing, detections, joined_at from campaign_account`);
    expect((await look(pool)).campaigns).toMatchObject([{ id: 'C-1' }]);
    expect((await look(pool, { dryRun: true })).campaigns).toMatchObject([{ id: 'C-1' }]);
    expect(await rowsOf("select count(*)::int as n from campaign where status <> 'merged'")).toEqual([{ n: 2 }]);
  });

  it('opens none, where another group continues the campaign', async () => {
    await guiltyWorld('weak and new');
    const scored: ScoredGroup[] = [];
    await look(pool, { dryRun: true, onScored: (groups) => scored.push(...groups) });
    const record = (weak: boolean) =>
      recordCampaign(pool, scored[0] as ScoredGroup, { group: 0, absorbed: [], weak }, { now: END, end: END });
    expect(await record(true)).toBeUndefined();
    expect(await rowsOf('select from campaign')).toEqual([]);
    expect(await record(false)).toMatchObject({ id: 'C-1', decision: 'first' });
  });
});
