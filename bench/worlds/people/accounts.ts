import { type AccountRecord, DAY } from '../kinds.ts';
import type { Random } from '../random.ts';
import type { Setting } from '../setting.ts';
import { companyName } from '../text/words.ts';

const MAIL: readonly (readonly [string, number])[] = [
  ['gmail.com', 60],
  ['outlook.com', 10],
  ['yahoo.com', 6],
  ['hotmail.com', 5],
  ['icloud.com', 5],
  ['proton.me', 5],
  ['qq.com', 3],
  ['163.com', 3],
  ['gmx.de', 2],
  ['naver.com', 1],
  ['yandex.com', 1],
];
const COUNTRIES: readonly (readonly [string, number])[] = [
  ['US', 30],
  ['IN', 12],
  ['DE', 6],
  ['GB', 6],
  ['FR', 5],
  ['JP', 4],
  ['BR', 4],
  ['CA', 4],
  ['KR', 3],
  ['NL', 3],
  ['SG', 3],
  ['PL', 2],
  ['SE', 2],
  ['ES', 2],
  ['IT', 2],
  ['AU', 2],
  ['NG', 2],
  ['ID', 2],
  ['TR', 1],
  ['VN', 1],
  ['MX', 2],
  ['CN', 2],
]; // prettier-ignore

/** What a customer under contract has instead of a card. */
export const CONTRACT = {
  payment_kind: 'invoice',
  payment_fingerprint: null,
  plan: 'scale',
  verification: 'kyc',
};

export const publicMail = (random: Random): string => random.weighted(MAIL);

export const country = (random: Random): string => random.weighted(COUNTRIES);

export const cardNumber = (random: Random): string => `pm_${random.hex(14)}`;

export const organizationId = (random: Random): string => `org_${random.code(10)}`;

export function companyDomain(random: Random, name = companyName(random)): string {
  const stem = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return `${stem}.${random.weighted([
    ['com', 5],
    ['io', 2],
    ['dev', 1],
    ['net', 1],
    ['de', 1],
    ['fr', 1],
    ['co.uk', 1],
  ] as const)}`;
}

/** An ordinary account, of a person or a firm, a few days to two years old; whatever is given stands. */
export function createAccount(setting: Setting, random: Random, given: Partial<AccountRecord> = {}): AccountRecord {
  const firm = random.chance(0.33);
  const kind = random.weighted([
    ['card', 77],
    ['none', 12],
    ['virtual_card', 7],
    ['prepaid', 3],
    ['invoice', firm ? 2 : 0],
  ] as const);
  const age = random.chance(0.06) ? -random.between(0, setting.days * 0.9) : random.between(1, 600);
  return {
    account_id: `acct_${random.code(12)}`,
    created_at: iso(setting.start - age * DAY),
    organization_id: firm ? organizationId(random) : null,
    email_domain: firm ? companyDomain(random) : publicMail(random),
    email_disposable: random.chance(0.01),
    payment_fingerprint: kind === 'none' || kind === 'invoice' ? null : cardNumber(random),
    payment_kind: kind,
    plan: random.weighted([
      ['pay_as_you_go', 40],
      ['build', 21],
      ['scale', 20],
      ['free', 12],
      ['plus', 7],
    ] as const),
    program: random.weighted([
      ['none', 92],
      ['enterprise', firm ? 6 : 0],
      ['startup', 2],
      ['education', 2],
      ['research', 1],
    ] as const),
    verification: random.weighted([
      ['email', 48],
      ['phone', 38],
      ['kyc', 8],
      ['none', 6],
    ] as const),
    signup_address: setting.networks.home(random).address(random),
    country: country(random),
    status: 'active',
    ...given,
  };
}

export const iso = (at: number): string => new Date(Math.round(at)).toISOString();
