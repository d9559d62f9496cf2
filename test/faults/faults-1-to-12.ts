import { type MatrixRow, shown } from './matrix-row.ts';

export const FAULTS_1_TO_12: readonly MatrixRow[] = [
  {
    fault: 'SIGKILL during a delivery, a ban or an escalation',
    injected:
      'a worker of each kind, in a process of its own, is killed at each of its numbered points; every order of two delivery workers and one death',
    short: '8, 4 and 4 kills; each order of three situations',
    long: '520, 200 and 200 kills; each order of six',
    promised:
      'each alert and each reply in Slack once, known to the database, audited; each account acted upon once; each escalation told in order, nobody called twice',
    seen: '520 kills of delivery workers, 104 at each point, of 520 campaigns: 0 lost, 0 doubled, and so of their replies; the same in 275 orders where Slack answers, 299 where it posts and its answer is lost, 537 where it fails without posting, 2,486 where a person acknowledges meanwhile, 462 and 473 where a worker freezes just before it sends and its answer comes or is lost. 200 kills of enforcement workers, 50 at each point: 1,200 accounts, 69 requests repeated, 0 left out, 0 acted upon twice. 200 kills of escalation workers, 50 at each point: 201 campaigns, 36 messages to the webhook repeated, 0 untold, nobody called twice',
    tests: [
      ...shown(
        'faults/01-sigkill.test.ts',
        'SIGKILL of a delivery worker at each numbered point loses and doubles nothing',
        'SIGKILL of an enforcement worker at each numbered point leaves nobody out and acts on nobody twice',
        'SIGKILL of an escalation worker at each numbered point leaves nothing untold and calls nobody twice',
      ),
      ...shown(
        'faults/interleavings.test.ts',
        '%s: one message, known to the campaign, audited once, and nothing left',
      ),
      ...shown('jobs/escalate.test.ts', 'is not needed where several work at once'),
    ],
  },
  {
    fault: 'the database restarts; a COMMIT without an answer',
    injected:
      'fast and immediate restarts during a delivery, a ban and a job; the connection cut at each COMMIT in turn, before and after the server heard it',
    short: '8 restarts, each COMMIT twice',
    long: '90 restarts, each COMMIT twice',
    promised: 'nothing lost, nothing twice, no slot skipped',
    seen: 'as promised: 45 fast and 45 immediate restarts; each COMMIT of a delivery (8), a ban (8), a batch (1) and of slots',
    tests: [
      ...shown(
        'faults/02-database-restart.test.ts',
        'during a delivery, a ban and a job: nothing lost, nothing twice, no slot skipped',
      ),
      ...shown(
        'faults/02-commit-unknown.test.ts',
        'a delivery is made once',
        'a ban is carried out once for each account',
        'no slot is skipped, and none is done twice',
        'a batch that is sent again is counted once',
      ),
    ],
  },
  {
    fault: 'three replicas race',
    injected:
      'three sets of connections at one button, its posts, and the slots of a job, at once; three bots in processes of their own, killed by SIGKILL in the long form',
    short: '5 races each; 12 minutes of their time, no kills',
    long: '200 races each; 30 hours of their time, 60 kills',
    promised: 'one person wins, all is told once, each slot is run once',
    seen: 'as promised, in 200 races each; three processes for half an hour, 30 hours of their time, with 60 of them killed: 30 slots each run once, three campaigns each told once, every exchange counted once',
    tests: [
      ...shown(
        'faults/03-replicas.test.ts',
        'racing for one button and the rows that it leads to: one person wins, all is told once',
        'racing for slots: each is run once, none is skipped',
      ),
      ...shown(
        'faults/03-processes.test.ts',
        'three bots in processes of their own run each slot and tell each campaign once',
      ),
      ...shown('jobs/roll-up.test.ts', 'holds while several replicas race'),
    ],
  },
  {
    fault: 'stopped for longer than a lease, then resumed',
    injected:
      'SIGSTOP of a delivery worker at each point, also after it looked at its lease for the last time, while another takes its work; a ban and a job held up for as long, within one process',
    short: 'once a point',
    long: '10 times a point',
    promised:
      'the first one’s word does not count any more; nothing twice: what it posts when it wakes it takes back, and never the message that counts',
    seen: 'as promised, 10 times at each point; 10 second posts, each taken back',
    tests: [
      ...shown(
        'faults/04-stopped.test.ts',
        'a delivery worker (SIGSTOP at %s) loses and doubles nothing',
        'an enforcement worker (at %s) bans nobody twice and keeps the heir’s word',
      ),
      ...shown(
        'jobs/take-back.test.ts',
        'takes back what it posted after another, and never the message that counts',
        'deletes it in the end after %s, and says so once',
        'may die right after: who posted in its place looks once more',
      ),
      ...shown('jobs/scheduler.test.ts', 'lets a run whose lease was stolen end without harm'),
    ],
  },
  {
    fault: 'Slack fails',
    injected:
      '429 with and without Retry-After, 500 before and after accepting, hang, reset, HTML, refused blocks, revoked token, archived channel',
    short: 'each once or twice, at posts and updates',
    promised: 'nothing lost, nothing twice; what a person must mend is kept until they did',
    seen: 'as promised',
    tests: shown(
      'jobs/deliver.test.ts',
      'loses and doubles nothing after %s',
      'waits as long as a 429 says',
      'keeps an alert through %s until it is mended',
      'keeps an alert while its channel is archived, and moves to the one configured since',
      'says it in plain text when Slack cannot take the blocks',
    ),
  },
  {
    fault: 'a request comes again',
    injected: 'deliveries repeated and replayed with their signature',
    short: 'each once',
    promised: 'what was asked for is done once',
    seen: 'as promised',
    tests: [
      ...shown('slack/bolt-app.test.ts', 'are let in once, however often they come'),
      ...shown('slack/request-guard.test.ts', 'remembers for longer than a signature holds, and not for ever'),
    ],
  },
  {
    fault: 'clicks that should not count',
    injected: 'on lists that changed, by who lost the role, by two at once, by the proposer',
    short: 'each once; 40 random courses of events',
    promised: 'refused, with the reason; nobody outside the approved list is touched',
    seen: 'as promised',
    tests: [
      ...shown(
        'commands/ban.test.ts',
        'refuses the proposer, who may well be an approver',
        'refuses a stale list, and says what has changed',
      ),
      ...shown('db/proposal-store.test.ts', 'of two at once counts once'),
      ...shown('jobs/enforce.test.ts', 'is not carried out for those who lost their role since'),
      ...shown(
        'jobs/actions-property.test.ts',
        'touches nobody outside an approved list, whatever the order of proposals, approvals, drift, freezes and undos',
      ),
    ],
  },
  {
    fault: 'clocks ten minutes apart; daylight saving',
    injected: 'a second replica ten minutes ahead or behind, in the middle of a delivery; the digest over both changes',
    short: 'each once',
    promised: 'no row is taken from its holder; one digest a day',
    seen: 'as promised, since leases go by the database’s clock: before, one that was ahead took the row',
    tests: [
      ...shown(
        'faults/08-clocks.test.ts',
        'a replica whose clock is ten minutes %s takes no row from one that holds it',
      ),
      ...shown(
        'jobs/digest-slot.test.ts',
        'keeps its local time over changes of clocks',
        'has one slot on a day whose time does not exist or comes twice',
      ),
    ],
  },
  {
    fault: 'records late, out of order, twice, of 1970 and 2099',
    injected: 'each, within a batch, across batches and runs, and in a replay with a silence of weeks',
    short: 'each once, on three seeds',
    promised: 'counted once; what cannot be is in quarantine with its reason',
    seen: 'as promised',
    tests: [
      ...shown(
        'ingest/exchange-loader.test.ts',
        'within a batch, across batches and across runs',
        'every bad line is told with its reason, and the rest of the file goes on',
      ),
      ...shown('jobs/roll-up.test.ts', 'takes up batches as they come, late ones and those that go back in time'),
      ...shown('replay/replay.test.ts', 'with late lines and with a silence of weeks goes on'),
    ],
  },
  {
    fault: 'poison records',
    injected: 'NUL, lone surrogates, too long, NaN, deep nesting, no UTF-8, in each format',
    short: 'a flood of random ones',
    long: 'a million by `npm run fuzz:ingest`, not part of this run',
    promised: 'in quarantine with the reason; the rest goes on; no text kept',
    seen: 'as promised: 1,000,000 lines of seed 1 (`nice -n 15 npm run fuzz:ingest -- 1000000 1`, 199 s, 221 MB at most): every batch answered, every line of the native half counted; 69,293 accepted, 26,443 duplicates, 689,403 in quarantine, the rest in other formats, where a line may hold no exchange',
    tests: [
      ...shown(
        'ingest/endpoint/fuzz.test.ts',
        'counts every line of a flood of odd ones, in each format, and keeps no text of them',
      ),
      ...shown('ingest/ingest-files.test.ts', 'a line of 50 MB is told and passed over'),
    ],
  },
  {
    fault: 'a ban of 25,000 through faults',
    injected:
      '3 % fail at the gateway, before or after the work, 1 % gone, 1 % hang, some answered twice or wrongly; four deaths of the worker',
    short: '25,000 accounts, 4 deaths',
    promised: 'ledger, service and Slack agree account by account; nothing twice',
    seen: '24,750 done, 250 reported as failed, 0 twice, 0 others touched',
    tests: shown(
      'jobs/enforce-faults.test.ts',
      'bans 25,000 through faults and crashes: ledger, receiver and Slack agree account by account, nothing twice',
    ),
  },
  {
    fault: 'a service that acts, then times out',
    injected: 'answers held back after the work, until patience ends',
    short: 'once, and in 1 % of the ban of 25,000',
    promised: 'unknown is said as unknown, never as done or failed; the same key is asked again',
    seen: 'as promised',
    tests: [
      ...shown('jobs/enforce.test.ts', 'that nobody answers ends as unknown, never as done'),
      ...shown('enforcement/webhook.test.ts', 'that hang are unknown, that never left are not'),
    ],
  },
];
