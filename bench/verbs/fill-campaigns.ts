import type pg from 'pg';
import type { Evidence, Status } from '../../src/campaigns/campaign.ts';
import { type CampaignDraft, createCampaign } from '../../src/db/campaign.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { DAY_MS } from '../../src/time-units.ts';
import type { Size } from './fill-database.ts';
import { KEY, trait } from './fill-traffic.ts';

/** Beside the large one. */
const OTHERS = 40;
const CLOSED: readonly Status[] = ['contained', 'dismissed'];
/** The second is as large, and was suspended: what can be undone. */
const STOPPED = 2;
const ENDED: readonly Status[] = ['dismissed', 'confirmed', 'contained', 'suspected', 'acknowledged'];

/** The large campaign C-1 with its findings, one as large whose accounts were suspended, and smaller ones with what was done. */
export async function fillCampaigns(pool: pg.Pool, size: Size): Promise<void> {
  const large = Math.round(size.accounts / 11);
  const small = Math.max(4, Math.round(size.accounts / 550));
  for (let number = 1; number <= OTHERS + 1; number += 1) {
    const accounts = number <= STOPPED ? large : small;
    const from = number <= STOPPED ? (number - 1) * large : 2 * large + (number - STOPPED - 1) * small;
    await createCampaign(pool, draft(number, accounts, size.now), size.now - number * DAY_MS);
    await pool.query(
      `insert into campaign_account (campaign_id, account_key, strength, standing, detections, joined_at)
       select $1, ${KEY}, 12 - n % 90 * 0.1, case when n % 40 = 0 then 'review' else 'member' end,
         '{shared-template,shared-payment,no-night}', $4::timestamptz - (n % 30) * interval '1 day'
       from generate_series($2::int + 1, $2 + $3::int) as n`,
      [number, from, accounts, new Date(size.now)],
    );
    await fillFindings(pool, { from, accounts, now: size.now });
    if (number === STOPPED || number % 5 === 2) await fillProposal(pool, number, size.now);
  }
  await pool.query(
    `update campaign set decided_by = 'U0MARA', decided_at = created_at, decided_reason = 'looked at it'
     where status in ('confirmed', 'dismissed')`,
  );
}

/** The smaller campaigns that something can still be done about. */
export const OPEN: readonly number[] = Array.from({ length: OTHERS + 1 }, (_, at) => at + 1).filter(
  (number) => number > STOPPED && !CLOSED.includes(statusOf(number)),
);

function statusOf(number: number): Status {
  if (number === STOPPED) return 'contained';
  return number === 1 ? 'suspected' : (ENDED[number % ENDED.length] ?? 'suspected');
}

function draft(number: number, accounts: number, now: number): CampaignDraft {
  const detections = DETECTIONS.filter(({ role }) => role === 'ties').map(({ id }) => id);
  const severity = number <= STOPPED ? 'critical' : ((['high', 'medium', 'low'] as const)[number % 3] ?? 'low');
  const families = (['content', 'payment', 'network'] as const).slice(0, 1 + (number % 3));
  return {
    kind: number % 7 === 0 ? 'resale' : 'extraction',
    severity,
    status: statusOf(number),
    confidence: 0.97,
    accountCount: accounts,
    exchangeCount: accounts * 400,
    firstExchangeAt: now - 40 * DAY_MS,
    lastExchangeAt: now - 600_000,
    families,
    detections,
    evidence: evidenceOf(accounts, now),
    alertedAt: now - number * DAY_MS,
    alerted: { severity, accountCount: accounts, families },
  };
}

function evidenceOf(accounts: number, now: number): Evidence {
  return {
    reasons: DETECTIONS.map(({ id, family }) => ({
      family,
      detection: id,
      text: 'as the benchmark says it, of most of the accounts',
      accounts,
      baseRate: 0.002,
      weight: 5,
    })),
    bestTie: 10,
    ruledOut: ['evaluation harness', 'agent framework', 'office network'],
    targets: [{ capability: 'agentic_coding', share: 0.6, ratio: 9 }],
    perAccountDay: 26,
    growth: 1.1,
    chart: {
      bucketHours: 24,
      points: Array.from({ length: 20 }, (_, at) => ({
        at: now - (20 - at) * DAY_MS,
        campaign: 9_000 + at,
        others: 50_000,
      })),
    },
  };
}

/** Cards of eight, networks of five, templates and rhythms that all of them share. */
async function fillFindings(pool: pg.Pool, { from, accounts, now }: { from: number; accounts: number; now: number }) {
  const findings = (detection: string, name: string, group: string) =>
    pool.query(
      `insert into hit (detection_id, trait, found_at, last_found_at, weight, accounts, evidence)
       select $1, t::text, $4, $4, 3.5, accounts, '{"owners": 8, "share": 0.9}' from (
         select ${name} as t, array_agg(${KEY} order by ${KEY}) as accounts
         from generate_series($2::int + 1, $2 + $3::int) as n, generate_series(1, 8) as k group by ${group}
       ) f on conflict do nothing`,
      [detection, from, accounts, new Date(now)],
    );
  await findings('shared-payment', trait('payment', 'n / 8'), 'n / 8, k having k = 1');
  await findings('shared-network', trait('network', 'n / 5'), 'n / 5, k having k = 1');
  await findings('shared-template', trait('prompt_head', `${from} + k`), 'k');
  await findings('even-elicitation', trait('system_head', `${from} + k`), 'k');
  for (const detection of ['no-night', 'even-days', 'output-heavy']) {
    await findings(detection, `'accounts ${from}'`, 'k having k = 1');
  }
}

/** Its accounts were suspended, all of them, by one person with another's word. */
async function fillProposal(pool: pg.Pool, campaign: number, now: number): Promise<void> {
  const at = new Date(now - 12 * 3_600_000);
  await pool.query(
    `with made as (
       insert into proposal (campaign_id, action, scope, digest, account_count, dry_run, reason, seen, state, proposed_by,
         proposed_at, expires_at, approvals_needed, approved_by, approved_at, finished_at)
       select $1, 'suspend', 'members', repeat('0', 64), count(*), false, 'a clear case', '{}', 'done', 'U0MARA', $2::timestamptz,
         $2::timestamptz + interval '1 day', 1, 'U0RAVI', $2, $2
       from campaign_account where campaign_id = $1 returning proposal_id
     ), listed as (
       insert into action_ledger (account_key, proposal_id, account_id, state, attempts, settled_at)
       select m.account_key, proposal_id, a.account_id, 'done', 1, $2
       from made, campaign_account m join account a on a.account_key = m.account_key where m.campaign_id = $1
       returning account_key
     )
     update account set status = 'suspended', status_at = $2 where account_key in (select account_key from listed)`,
    [campaign, at],
  );
}
