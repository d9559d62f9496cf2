import { signupCohort } from '../../src/detections/signup-cohort.ts';
import type { AccountLine } from '../../src/ingest/records.ts';
import { describeDetection } from './describe-detection.ts';
import { DAYS, END, type Life } from './world.ts';

const DAY = 86_400_000;
const aged = (days: number, more: Partial<AccountLine> = {}): Life => ({
  account: { created_at: new Date(END - days * DAY).toISOString(), ...more },
});
const throwAway = (payment_kind: AccountLine['payment_kind']): Life => ({
  account: { email_disposable: true, payment_kind },
});

describeDetection(signupCohort, {
  fires: {
    'young accounts that are nobody’s': (world) => world.pool(5, aged(DAYS + 1)),
    'old accounts with disposable mail and virtual cards': (world) => world.pool(5, throwAway('virtual_card')),
    'disposable mail and no payment at all': (world) => [
      ...world.pool(3, throwAway('none')),
      ...world.pool(3, throwAway(undefined)),
    ],
    'both at once, each account once': (world) =>
      world.pool(6, { account: { ...aged(4).account, ...throwAway('prepaid').account } }),
  },
  staysQuiet: {
    'one young account fewer than the threshold': (world) => world.pool(4, aged(4)),
    'a young organisation': (world) => world.pool(20, aged(4, { organization_id: 'org_1' })),
    'a course under a programme': (world) => world.pool(30, aged(4, { program: 'education' })),
    'accounts just past a month': (world) => world.pool(20, aged(32)),
    'disposable mail, but a card in someone’s name': (world) => world.pool(20, throwAway('card')),
    'accounts of which only exchanges are known': (world) => {
      world.pool(20, {});
      world.accounts.splice(-20);
    },
    'accounts that say nothing of mail or payment': (world) =>
      world.pool(20, { account: { email_disposable: undefined, payment_kind: undefined, email_domain: undefined } }),
  },
});
