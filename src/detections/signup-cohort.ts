import sql from 'sql-template-tag';
import { z } from 'zod';
import { Key } from '../db/query.ts';
import { DAY_MS } from '../time-units.ts';
import { defineDetection } from './detection.ts';
import { activity } from './window.ts';

/** Accounts signed up lately without an owner, and with marks of a throw-away identity or in one wave. */
export const signupCohort = defineDetection({
  id: 'signup-cohort',
  family: 'identity',
  role: 'supports',
  title: 'Accounts of one sign-up cohort',
  params: z.object({
    windowDays: z.number().int().positive().default(7).describe('accounts must have been active in it'),
    youngDays: z
      .number()
      .int()
      .positive()
      .default(30)
      .describe('age at the window’s end up to which an account is young'),
    minAccounts: z.number().int().min(2).default(5).describe('fewer is a coincidence'),
  }),
  row: z.object({ trait: z.string(), accounts: z.array(Key) }),
  query: (p, window) => sql`
    with activity as (${activity(window, p.windowDays)}),
    cohort as (
      select a.account_key, c.trait
      from activity a join account b on b.account_key = a.account_key
      cross join lateral (values
        ('young', a.created_at > ${new Date(window.end - p.youngDays * DAY_MS)}
          and a.organization_id is null and coalesce(a.program, 'none') = 'none'),
        ('throw-away', b.email_disposable and coalesce(b.payment_kind, 'none') in ('virtual_card', 'prepaid', 'none'))
      ) as c(trait, belongs)
      where c.belongs
    )
    select trait, array_agg(account_key order by account_key) as accounts
    from cohort group by trait having count(*) >= ${p.minAccounts}`,
  hit: (row) => ({
    trait: row.trait,
    accounts: row.accounts,
    weight: 0,
    evidence: {},
  }),
  explain: (hits, covered, of) =>
    `${covered} of ${of} accounts are ${hits.map((hit) => (hit.trait === 'young' ? 'young and nobody’s' : 'throw-away')).join(' or ')}`,
  looksFor:
    'A group in which far more accounts are young and ownerless, or have disposable mail and anonymous cards, than among all.',
  benignCauses: ['a course or a hackathon: sign-ups in one hour from one network, with a human rhythm', 'a launch day'],
  knownGaps: ['aged accounts, bought or grown over months'],
  runbook: 'Compare the sign-up times and addresses with an event’s: a course has a teacher one can ask.',
});
