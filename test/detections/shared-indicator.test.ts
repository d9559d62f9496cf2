import { kindOf } from '../../src/campaigns/trait.ts';
import { importIndicators, removeIndicators } from '../../src/db/indicator.ts';
import { sharedIndicator } from '../../src/detections/shared-indicator.ts';
import { Account, Exchange } from '../../src/ingest/records.ts';
import { describeDetection } from './describe-detection.ts';
import { fingerprinter } from './load-world.ts';
import { END, type Life, START } from './world.ts';

const DAY = 86_400_000;
const paidBy = (payment_fingerprint: string): Life => ({ account: { payment_fingerprint } });
const at = (client_address: string): Life => ({ exchange: () => ({ client_address }) });

const about = { account_id: 'a', created_at: '2026-01-01T00:00:00Z' };
const card = (payment_fingerprint: string): bigint =>
  fingerprinter
    .account(Account.parse({ ...about, payment_fingerprint }))
    .find((trait) => kindOf(trait) === 'payment') ?? 0n;
const network = (client_address: string): bigint =>
  fingerprinter
    .exchange(Exchange.parse({ id: 'x', occurred_at: about.created_at, account_id: 'a', model: 'm', client_address }))
    .traits.find((trait) => kindOf(trait) === 'network') ?? 0n;

const told = (trait: bigint, expiresAt = END + DAY) => ({ trait, note: 'seen there', expiresAt });
const by = { actor: 'U0MARA', now: END - 10 * DAY };

describeDetection(sharedIndicator, {
  async before(pool) {
    const present = [card('told card'), network('100.40.9.9')].map((trait) => told(trait));
    await importIndicators(pool, 'Example Lab', [...present, told(card('old card'), END - DAY)], by);
    await importIndicators(pool, 'Sample Lab', [told(card('taken away'))], by);
    await removeIndicators(pool, 'Sample Lab', { ...by, reason: 'it was wrong' });
  },
  fires: {
    'accounts that pay with a card that was told of': (world) => world.pool(3, paidBy('told card')),
    'one account alone on a network that was told of': (world) => [world.add(at('100.40.9.200'))],
    both: (world) => [...world.pool(2, paidBy('told card')), world.add(at('100.40.9.7'))],
  },
  staysQuiet: {
    'cards that nobody told of': (world) => world.pool(5, paidBy('another card')),
    'what has expired': (world) => world.pool(5, paidBy('old card')),
    'what was taken away': (world) => world.pool(5, paidBy('taken away')),
    'accounts that were not active in the window': (world) =>
      world.pool(3, { ...paidBy('told card'), from: START - 9 * DAY, days: 3 }),
  },
});
