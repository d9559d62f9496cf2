/**
 * A detection of one's own: a file in the folder that RETORT_DETECTIONS_DIR names. Its name is the detection's id. What
 * it needs of Retort is handed in, so the folder may be anywhere.
 */
export default ({ defineDetection, sql, z, Key, activity }) =>
  defineDetection({
    id: 'trial-rush',
    family: 'behaviour',
    role: 'supports',
    title: 'Trial accounts at the pace of paying ones',
    // Delete this line once its hits look right, or: /campaign detections enable trial-rush <reason>
    state: 'shadow',
    params: z.object({
      windowDays: z.number().int().positive().default(3).describe('longer dilutes a rush of one day'),
      perDay: z.number().int().positive().default(40).describe('lower takes in the merely curious'),
    }),
    row: z.object({ accounts: z.array(Key) }),
    query: ({ windowDays, perDay }, window) => sql`
      with activity as (${activity(window, windowDays)})
      select array_agg(a.account_key order by a.account_key) as accounts
      from activity a join account b on b.account_key = a.account_key
      where b.plan = 'trial' and a.exchanges >= ${perDay}::int * a.active_days
      having count(*) > 0`,
    hit: ({ accounts }) => ({ trait: 'trial', accounts, weight: 0, evidence: {} }),
    explain: (_hits, covered, of) => `${covered} of ${of} accounts are on a trial and use it like a paid plan`,
    looksFor: 'Groups with far more busy trial accounts than everyone else has.',
    benignCauses: ['a launch day', 'a workshop that hands out trials'],
    knownGaps: ['gateways that do not tell the plan'],
    runbook: 'Ask sales whether a workshop ran.',
  });
