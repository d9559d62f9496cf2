import { cardedTemplate } from '../../src/detections/carded-template.ts';
import type { Random } from '../../src/simulation/random.ts';
import { DAY } from '../../src/simulation/rhythm.ts';
import { describeDetection } from './describe-detection.ts';
import { END, queue, type World } from './world.ts';

/** Each a plain one: nothing in them asks for what a student model needs. */
const WRAPPERS = [
  'Rewrite the notes below as a short letter to a friend of the company, in the first person. Notes:',
  'You keep the catalogue of a small museum and answer what visitors send you in one paragraph. Question:',
  'Turn this list into a table with two columns and a heading, and leave out what is empty. List:',
  'Translate the following customer message into polite French, keep all names as they are. Message:',
];

/** Accounts of which `perCard` share each card: on their last day, `perDay` exchanges each, `share` of them under a wrapper. */
function carded(world: World, count: number, { perCard = 6, share = 1, perDay = 6, owner }: Carded = {}): string[] {
  return world.pool(count, (index) => ({
    account: {
      ...(perCard > 0 ? { payment_fingerprint: `shared ${Math.floor(index / perCard)}` } : {}),
      ...(owner === undefined ? {} : { organization_id: owner(index) }),
    },
    rhythm: queue(perDay),
    from: END - DAY,
    exchange: (_, random) => (random.chance(share) ? wrapped(world, random) : {}),
  }));
}
interface Carded {
  perCard?: number;
  share?: number;
  perDay?: number;
  owner?: (index: number) => string;
}

const wrapped = (world: World, random: Random) => ({ prompt: `${random.pick(WRAPPERS)} ${world.words(20, random)}` });

describeDetection(cardedTemplate, {
  fires: {
    'sixty accounts on ten cards in their first day, under four plain wrappers': (world) => carded(world, 60),
    'cards of three owners each': (world) => carded(world, 48, { perCard: 3 }),
    'half of their traffic is other work': (world) => carded(world, 72, { share: 0.5 }),
    'three cards of four, whose accounts are all dealt much': (world) => {
      world.pool(100, () => ({ rhythm: queue(6), from: END - DAY }));
      return carded(world, 12, { perCard: 4, perDay: 200 });
    },
    'two more of the pool pay for themselves': (world) => [
      ...carded(world, 16, { perCard: 4, perDay: 60 }),
      ...carded(world, 2, { perCard: 0, perDay: 60 }),
    ],
    'strangers who met a wrapper now and then are not named': (world) => {
      carded(world, 4, { perCard: 0, perDay: 60, share: 0.15 });
      return carded(world, 40, { perCard: 4, perDay: 60 });
    },
    'a firm’s card is among them that only its staff pays with': (world) => [
      ...carded(world, 60),
      ...world
        .pool(6, { account: { payment_fingerprint: 'firm', organization_id: 'org_1' }, rhythm: queue(6) })
        .slice(6),
    ],
  },
  staysQuiet: {
    'a card for each account': (world) => carded(world, 60, { perCard: 0 }),
    'cards of pairs': (world) => carded(world, 60, { perCard: 2 }),
    'one organisation behind all cards': (world) => carded(world, 60, { owner: () => 'org_1' }),
    'two cards, as an employer may have': (world) => carded(world, 60, { perCard: 30 }),
    'three cards, of which only some accounts use the tool, and those much': (world) =>
      world.pool(18, (index) => ({
        account: { payment_fingerprint: `shared ${Math.floor(index / 6)}` },
        rhythm: queue(200),
        from: END - DAY,
        exchange: (_, random) => (index % 6 < 4 ? wrapped(world, random) : {}),
      })),
    'a team of two cards and one more': (world) => carded(world, 9, { perCard: 3 }),
    'a processor’s default, which hundreds have': (world) => carded(world, 520, { perCard: 520 }),
    'the same wrapper among as many who pay for themselves': (world) => {
      carded(world, 30);
      carded(world, 60, { perCard: 0 });
    },
    'resold accounts: one user in six of each card uses the tool, and much': (world) =>
      world.pool(90, (index) => ({
        account: { payment_fingerprint: `resold ${Math.floor(index / 6)}` },
        rhythm: queue(12),
        from: END - DAY,
        exchange: (_, random) => (index % 6 < 2 ? wrapped(world, random) : {}),
      })),
    'accounts without text': (world) =>
      world.pool(60, (index) => ({
        account: { payment_fingerprint: `silent ${Math.floor(index / 6)}` },
        exchange: () => ({ prompt: undefined }),
      })),
  },
});
