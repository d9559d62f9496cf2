import type { AccountLine } from '../ingest/records.ts';
import { Countries, networksOf, type Place, placeIn } from './networks.ts';
import type { Random } from './random.ts';
import type { Surroundings } from './group.ts';
import { DAY } from './rhythm.ts';

const publicMail: readonly (readonly [string, number])[] = [
  ['gmail.com', 60],
  ['outlook.com', 16],
  ['icloud.com', 8],
  ['proton.me', 6],
  ['yahoo.com', 6],
  ['gmx.net', 4],
];

/** Throw-away mail services that unrelated people use as well as pools do. */
const disposableMail = [
  'driftbox',
  'inkpost',
  'hushdrop',
  'paperkite',
  'onehour',
  'tumblemail',
  'greyfern',
  'mothbox',
].map((name) => `${name}.example`);

const plans: readonly (readonly [string, number])[] = [
  ['metered', 62],
  ['personal', 18],
  ['trial', 10],
  ['team', 10],
];

export interface AccountWish {
  createdAt?: number;
  country?: string;
  organization?: string;
  mail?: 'public' | 'disposable' | { readonly domain: string };
  payment?: { readonly kind: NonNullable<AccountLine['payment_kind']>; readonly fingerprint: string | null };
  plan?: string;
  program?: NonNullable<AccountLine['program']>;
  verification?: NonNullable<AccountLine['verification']>;
  signup?: Place;
  bannedAt?: number;
}

export const newPayment = (random: Random): string => `pm_${random.hex(16)}`;
export const newOrganization = (random: Random): string => `org_${random.id(12)}`;
export const disposableDomain = (random: Random): string => random.pickPopular(disposableMail, 1.6);

/** Sign-ups grow over two years, and go on during the world. */
export function signupTime(world: Surroundings, random: Random): number {
  const recent = random.chance(0.05) ? (world.endAt - world.startAt) * random.float() : 0;
  return recent > 0 ? world.startAt + recent : world.startAt - 730 * DAY * random.float() ** 1.5;
}

function payment(random: Random, plan: string): NonNullable<AccountWish['payment']> {
  if (plan === 'trial') return { kind: 'none', fingerprint: null };
  const kind = random.weighted([
    ['card', 80],
    ['virtual_card', 11],
    ['prepaid', 5],
    ['invoice', 4],
  ] as const);
  return { kind, fingerprint: newPayment(random) };
}

/** An account as the provider knows it. What is not wished for is as unrelated people have it. */
export function openAccount(world: Surroundings, random: Random, wish: AccountWish = {}): AccountLine {
  const country = wish.country ?? random.pickPopular(Countries)[0];
  const plan = wish.plan ?? random.weighted(plans);
  const paid = wish.payment ?? payment(random, plan);
  const mail = wish.mail ?? (random.chance(0.03) ? 'disposable' : 'public');
  const domain =
    mail === 'public' ? random.weighted(publicMail) : mail === 'disposable' ? disposableDomain(random) : mail.domain;
  const homes = networksOf(world.networks, 'home', country);
  const signup = wish.signup ?? placeIn(random.pick(homes), random);
  const keep = <T>(value: T): T | undefined => (random.chance(0.045) ? undefined : value);
  return {
    account_id: `acct_${random.id(13)}`,
    created_at: new Date(wish.createdAt ?? signupTime(world, random)).toISOString(),
    organization_id: wish.organization ?? null,
    email_domain: keep(domain),
    email_disposable: keep(disposableMail.includes(domain)),
    payment_fingerprint: keep(paid.fingerprint),
    payment_kind: keep(paid.kind),
    plan: keep(plan),
    program: wish.program ?? keep('none'),
    verification: keep(
      wish.verification ??
        random.weighted([
          ['email', 55],
          ['phone', 34],
          ['kyc', 8],
          ['none', 3],
        ] as const),
    ),
    signup_address: keep(signup.address),
    country: keep(country),
    status: wish.bannedAt === undefined ? 'active' : 'banned',
    ...(wish.bannedAt === undefined ? {} : { status_at: new Date(wish.bannedAt).toISOString() }),
  };
}
