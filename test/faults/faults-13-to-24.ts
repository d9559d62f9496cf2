import { type MatrixRow, shown } from './matrix-row.ts';

export const FAULTS_13_TO_24: readonly MatrixRow[] = [
  {
    fault: 'a detection that takes too long, or takes its process along',
    injected:
      'a query past its statement timeout; SIGKILL of the process of the detections; one that cannot be started',
    short: 'each once',
    promised: 'the window is a gap, and is caught up; the others run; who waited is told, and the bot goes on',
    seen: 'as promised',
    tests: [
      ...shown('jobs/gather-hits.test.ts', 'stops a query that runs out of time'),
      ...shown(
        'fork-detector.test.ts',
        'tells who waits that its process died, and starts another',
        'says so where the process cannot be started',
        'tells who waits that the program ends, and leaves no process behind',
      ),
      ...shown(
        'jobs/look-for-hits.test.ts',
        'by running out of time is told apart',
        'by a failure is noted, caught up at the next run, and its hits count then',
      ),
    ],
  },
  {
    fault: 'nothing left: connections, disk, sockets',
    injected:
      'no connection to the database to be had; the disk of its large tables full (12 MB of it); that of the embedded server, with its log, nearly full (400 MB of it, 100 to stay free); connections to it that fall silent, at eleven points of a post, a batch and a detection; clients of the ingest endpoint that stop in the middle',
    short: 'each once',
    promised: 'delayed or told to come again; nothing lost, nothing twice',
    seen: 'as promised',
    missing: 'a disk under the log of a database of DATABASE_URL, which Retort does not see',
    tests: [
      ...shown('faults/14-exhausted.test.ts', 'delays posts and batches, and loses and doubles none'),
      ...shown(
        'faults/14-full-disk.test.ts',
        'stops the ingest in words, lets alerts go on, and goes on by itself once there is room',
      ),
      ...shown(
        'faults/14-own-disk.test.ts',
        'stops the ingest before the log of our own server has no room, tells of it, and goes on by itself',
      ),
      ...shown(
        'faults/14-half-open.test.ts',
        'gives a worker its word back, is not used again, and the post is made once',
        'tells a sender to come again, %s, and counts the batch once',
        'leaves a detection the time that it was given, and ends it where it falls silent',
      ),
      ...shown('ingest/endpoint/faults.test.ts', 'is cut off after a while, and its place is free again'),
      ...shown('db/pool.test.ts', 'outlives the death of an idle connection'),
    ],
  },
  {
    fault: 'hostile text',
    injected: 'SQL, `<!channel>`, mentions, links, bidi characters, in commands, forms, names and traits',
    short:
      '2,500 command texts, clicks and forms by a seed; 25,000 accounts named so; long form: as many as wished by `npm run fuzz:commands`, not part of this run',
    promised: 'shown as text, or refused in words; nothing breaks out',
    seen: 'as promised, in the short form; 175,000 inputs of seed 1 (104,814 command texts, 61,305 clicks and forms, 8,881 Homes; `nice -n 19 npm run fuzz:commands`, beside other work): none unanswered, too long for Slack or breaking out; the slowest answer took 1.3 s, and 2,727 said first that it is under way, as whatever takes long does after 60 ms, or at 2 s at the latest',
    tests: [
      ...shown('slack/fuzz.test.ts', 'is of every verb', 'is answered over the wire too'),
      ...shown(
        'slack/head-start.test.ts',
        'tells of what is known to take long that it is under way, and then what came of it',
        'answers whatever takes unexpectedly long, and then once more',
      ),
      ...shown(
        'slack/largest.test.ts',
        'every verb, control, form, Home, post and the digest keep within Slack’s limits',
      ),
      ...shown('slack/escape-text.test.ts', 'leaves nothing that Slack or an eye could be fooled by, whatever comes'),
      ...shown(
        'jobs/hostile-values.test.ts',
        'new clients and templates without end, one account with most of them, and a trait in every account',
      ),
    ],
  },
  {
    fault: 'requests that Slack did not send',
    injected: 'signed with another secret, ten minutes old, ten minutes ahead, of another workspace',
    short: 'each once',
    promised: 'nothing is done',
    seen: 'as promised',
    tests: shown(
      'slack/bolt-app.test.ts',
      '%s are refused',
      'signed ten minutes ahead, or of another workspace, are acknowledged and left at that',
    ),
  },
  {
    fault: 'a role that is not one’s own',
    injected: 'a user group renamed to the responders’ handle; guests; every verb, control and form',
    short: 'each once',
    promised: 'refused',
    seen: 'as promised',
    tests: [
      ...shown('slack/bolt-app.test.ts', 'is not fooled by a group renamed to the responders’ handle'),
      ...shown(
        'commands/roles.test.ts',
        'refuses a guest by itself',
        'that changes something refuses who may only look',
      ),
    ],
  },
  {
    fault: 'secrets and prompt text where they do not belong',
    injected:
      'planted in every text of an exchange, good and bad, by each way in, and in the configuration; the database refuses and goes away under it, at log level debug',
    short: 'once',
    promised: 'in no log, answer, post, row or audit entry',
    seen: 'as promised',
    missing: 'what people themselves type as a reason is posted as they typed it',
    tests: [
      ...shown(
        'faults/18-secrets.test.ts',
        'what is planted in every input is in no log, answer, post, row or audit entry',
      ),
      ...shown('cli/ingest.test.ts', 'leaves no text of an exchange in the database, in its words or in any file'),
      ...shown('jobs/escalate.test.ts', 'the routing key is neither stored nor logged'),
    ],
  },
  {
    fault: 'tampering with the audit',
    injected: 'edits, deletions, reorderings, insertions, truncation, a chain rewritten as a whole',
    short: '150 random ones, and each kind',
    promised: 'found, and the first bad entry named; a rewritten chain by a head published before',
    seen: 'as promised',
    tests: [
      ...shown(
        'db/audit-mutation.test.ts',
        'finds every change of the chain, and names the first bad entry',
        'knows a cut or rewritten chain by one head alone, with or without its number',
      ),
      ...shown(
        'db/audit-entry.test.ts',
        'shows a chain that was rewritten as a whole, against a head published before',
      ),
    ],
  },
  {
    fault: 'an old and a new version at once',
    injected: 'a next version’s migration, whole or failing half-way, while this one posts and takes batches',
    short: 'each once',
    promised: 'this one works on; what failed left nothing; an older program refuses to start on a newer database',
    seen: 'as promised; a migration may have to be run again after a deadlock',
    missing: 'two released versions: there is one so far',
    tests: [
      ...shown(
        'faults/20-two-versions.test.ts',
        '%s: posts and batches go on',
        'no migration of ours takes away what the version before it reads',
      ),
      ...shown('db/migrate.test.ts', 'refuses a database that is newer than the program'),
    ],
  },
  {
    fault: 'webhook targets within',
    injected:
      'loopback, private, link-local, metadata and mapped addresses, by themselves and as a name’s answer; redirects',
    short: '14 addresses, each twice',
    promised: 'not connected to',
    seen: 'as promised',
    tests: [
      ...shown('enforcement/address-guard.test.ts', '%s is refused, as a name’s answer and by itself'),
      ...shown(
        'enforcement/webhook.test.ts',
        'are asked for once: the connection goes where the check looked',
        'do not follow a redirect',
      ),
    ],
  },
  {
    fault: 'a snooze or an allowance ends',
    injected: 'in the middle of a campaign',
    short: 'each once',
    promised: 'it wakes once, and says what became of it; accounts come back with the next run',
    seen: 'as promised',
    tests: [
      ...shown('commands/lifecycle.test.ts', 'silences until its end, then wakes and says what became of it'),
      ...shown('jobs/look-for-hits.test.ts', 'leaves an open campaign, and comes back with the run after its end'),
    ],
  },
  {
    fault: 'an alert storm',
    injected: '30 new campaigns at once; 15 at Slack’s pace; an unknown outcome of the storm’s message',
    short: 'each once',
    promised: 'grouped, never dropped, never twice',
    seen: 'as promised',
    tests: [
      ...shown(
        'jobs/storm.test.ts',
        'tells many new campaigns in one message, and each by itself once it is opened or answered',
        'leaves a few alone, and posts the storm’s message once though its outcome was unknown',
      ),
      ...shown('jobs/deliver.test.ts', 'keeps an alert storm below what Slack takes'),
    ],
  },
  {
    fault: 'the whole bot dead',
    injected: 'no database; nobody who delivers; stale data',
    short: 'each once',
    promised: 'the heartbeat outside misses',
    seen: '10 beats in 10 minutes while well, 0 in 10 without the database, 0 in 5 with posts that wait',
    tests: [
      ...shown(
        'faults/24-dead.test.ts',
        'is called each minute while the bot lives, and not once without its database',
        'falls silent where only the delivery to Slack is dead, and comes back with it',
      ),
      ...shown('jobs/self-check.test.ts', 'beats while all is well, and is silent while anything ails'),
    ],
  },
];
