import { sharedPayment } from '../../src/detections/shared-payment.ts';
import { describeDetection } from './describe-detection.ts';
import { START, type Life } from './world.ts';

const DAY = 86_400_000;
const paidBy = (payment_fingerprint: string | null, more: Life['account'] = {}): Life => ({
  account: { payment_fingerprint, payment_kind: 'virtual_card', ...more },
});
/** Used once, an hour into the world. */
const once = { rhythm: (day: number) => (day === START ? [day + 3_600_000] : []) };

describeDetection(sharedPayment, {
  fires: {
    'three accounts without a common owner on one virtual card': (world) => world.pool(3, paidBy('virtual')),
    'two cards for four accounts each': (world) => [...world.pool(4, paidBy('one')), ...world.pool(4, paidBy('two'))],
    'a company card that strangers use, too': (world) => [
      ...world.pool(5, paidBy('company', { organization_id: 'org_1' })),
      ...world.pool(2, paidBy('company')),
    ],
    'five hundred accounts on one instrument': (world) => world.pool(500, { ...paidBy('many'), ...once }),
  },
  staysQuiet: {
    'a company card within one organisation': (world) =>
      world.pool(30, paidBy('company', { organization_id: 'org_1' })),
    'a family of two accounts': (world) => world.pool(2, paidBy('family')),
    'a firm and its one freelancer': (world) => [
      world.pool(10, paidBy('firm', { organization_id: 'org_1' })),
      world.add(paidBy('firm')),
    ],
    'a processor’s default, which hundreds have': (world) => world.pool(501, { ...paidBy('default'), ...once }),
    'accounts that give no payment data': (world) => [
      world.pool(10, paidBy(null)),
      world.pool(10, { account: { payment_fingerprint: undefined, payment_kind: undefined } }),
    ],
    'a card of which two accounts are still in use': (world) => [
      world.pool(2, paidBy('left')),
      world.pool(4, { ...paidBy('left'), from: START - 9 * DAY, days: 3 }),
    ],
  },
});
