import { DAY_MS } from '../time-units.ts';
import { type ListedAccount, sortAccounts } from './account-list.ts';
import { type Action, type Imposed, STATUS_AFTER } from './action.ts';

/** An account of a campaign, with all that decides whether an action may touch it. */
export interface Candidate extends ListedAccount {
  standing: 'member' | 'review';
  /** Known to be good, by itself or by its organisation. */
  excepted: boolean;
  status: string;
  /** The newest action that Retort was told is done. */
  lastDone: Action | null;
  /** An action on it is approved and not settled. */
  underWay: boolean;
  createdAt: number | null;
  paymentKind: string | null;
  organizationId: string | null;
  program: string | null;
}

/** `members`: those who are sure to belong; weak ones are for a person to look at first. */
export type Scope = 'members' | 'with_review';

export interface Selection<Listed extends ListedAccount = Candidate> {
  /** In the order of their ids. */
  accounts: Listed[];
  /** Why others of the campaign are not among them, and how many. */
  leftOut: { review: number; excepted: string[]; already: number; underWay: number };
}

/** Exactly the accounts that an action may touch. */
export function selectAccounts(candidates: readonly Candidate[], action: Imposed, scope: Scope): Selection {
  const leftOut: Selection['leftOut'] = { review: 0, excepted: [], already: 0, underWay: 0 };
  const accounts = sortAccounts(candidates).filter((candidate) => {
    if (candidate.excepted) leftOut.excepted.push(candidate.accountId);
    else if (candidate.standing === 'review' && scope === 'members') leftOut.review += 1;
    else if (candidate.underWay) leftOut.underWay += 1;
    else if (isDone(candidate, action)) leftOut.already += 1;
    else return true;
    return false;
  });
  return { accounts, leftOut };
}

function isDone({ status, lastDone }: Candidate, action: Imposed): boolean {
  if (status === 'banned' || status === STATUS_AFTER[action]) return true;
  // The account service has no word of ours for these: what we were told last stands.
  return STATUS_AFTER[action] === null && lastDone === action;
}

/** Whom an action meets, in numbers: what people are shown before they propose or approve. */
export interface AccountFigures {
  accounts: number;
  review: number;
  /** Median age in days; null where no account's is known. */
  medianAgeDays: number | null;
  /** With a payment instrument that is not anonymous or absent. */
  paying: number;
  inOrganization: number;
  inProgram: number;
}

export function describeAccounts(accounts: readonly Candidate[], now: number): AccountFigures {
  const ages = accounts.flatMap(({ createdAt }) => (createdAt === null ? [] : [(now - createdAt) / DAY_MS]));
  const median = ages.toSorted((a, b) => a - b)[Math.floor(ages.length / 2)];
  const count = (holds: (account: Candidate) => boolean) => accounts.filter(holds).length;
  return {
    accounts: accounts.length,
    review: count(({ standing }) => standing === 'review'),
    medianAgeDays: median === undefined ? null : Math.max(0, Math.round(median)),
    paying: count(({ paymentKind }) => paymentKind !== null && paymentKind !== 'none'),
    inOrganization: count(({ organizationId }) => organizationId !== null),
    inProgram: count(({ program }) => program !== null && program !== 'none'),
  };
}
