import { z } from 'zod';
import { Key } from '../db/query.ts';
import type { Surroundings } from './find-dealt.ts';
import { isCarded, type Template, type User } from './template.ts';

/** Everyone who was active, a column each. A person's place in them is what templates call it by. */
export const People = z.object({
  accounts: z.array(Key),
  owners: z.array(z.number()),
  exchanges: z.array(z.number()),
  allElicited: z.array(z.number()),
  publicUses: z.array(z.number()),
  /** The payment instrument that each shares with two other owners at least, or 0, and how many accounts it pays for. */
  cards: z.array(z.number()),
  cardAccounts: z.array(z.number()),
});
export type People = z.output<typeof People>;

/** A template as it was asked for: a value for each of its users and each day that they used it on. */
export interface TemplateDays {
  trait: string;
  /** Places of its users. */
  users: number[];
  uses: number[];
  elicited: number[];
}

/** What makes up enough of its accounts' traffic, as parameters of the detection say it. */
export interface Much {
  minTrafficShare: number;
  minElicitation: number;
  minPooledShare: number;
}

/** The same of what a template must come to before it is looked at. */
interface Worth extends Much {
  minOwners: number;
  minUsesPerAccount: number;
}

/** Uses per account, in the window, of one of several templates whose accounts mostly share cards. */
const CARDED_USES = 1.2;
/** Of what is asked of a template in the end: strays are still among its users, and may make up half of its traffic. */
export const WITH_STRAYS = 0.5;

/** The templates that are worth a look, and what everyone did. Users come in the order of their places. */
export function readTemplates(
  rows: readonly TemplateDays[],
  people: People,
  least: Worth,
): { templates: Template[]; everyone: Surroundings } {
  const users = usersOf(people);
  const addDays = createDayAdder(users);
  const templates = rows.map(addDays).filter((template) => isWorthALook(template, least));
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const everyone = {
    exchanges: total(people.exchanges),
    elicited: total(people.allElicited),
    tested: templates.length,
  };
  return { templates, everyone };
}

function usersOf(people: People): User[] {
  return people.accounts.map((account, at) => ({
    account,
    owner: people.owners[at] ?? 0,
    exchanges: people.exchanges[at] ?? 0,
    allElicited: people.allElicited[at] ?? 0,
    publicUses: people.publicUses[at] ?? 0,
    card: people.cards[at] ?? 0,
    cardAccounts: people.cardAccounts[at] ?? 0,
  }));
}

/** What turns a template's days into one value for each of its users. */
function createDayAdder(users: readonly User[]): (row: TemplateDays) => Template {
  const uses = new Int32Array(users.length);
  const elicited = new Int32Array(users.length);
  return (row) => {
    const seen: number[] = [];
    for (const [at, place] of row.users.entries()) {
      if (!uses[place]) seen.push(place);
      uses[place] = (uses[place] ?? 0) + (row.uses[at] ?? 0);
      elicited[place] = (elicited[place] ?? 0) + (row.elicited[at] ?? 0);
    }
    const template: Template = { trait: row.trait, users: [], uses: [], elicited: [], templates: 1 };
    for (const place of Int32Array.from(seen).toSorted()) {
      const user = users[place];
      if (user === undefined) throw new Error(`a template names person ${place} of ${users.length}`);
      template.users.push(user);
      template.uses.push(uses[place] ?? 0);
      template.elicited.push(elicited[place] ?? 0);
      uses[place] = 0;
      elicited[place] = 0;
    }
    return template;
  };
}

function isWorthALook({ users, uses, elicited }: Template, least: Worth): boolean {
  const sum = { uses: 0, elicited: 0, exchanges: 0 };
  for (const [at, user] of users.entries()) {
    sum.uses += uses[at] ?? 0;
    sum.elicited += elicited[at] ?? 0;
    sum.exchanges += user.exchanges;
  }
  // A thin one may be of a pool; only where most of its accounts share cards are so many looked at to see it.
  const perAccount = isCarded(users) ? CARDED_USES : least.minUsesPerAccount;
  return users.length >= least.minOwners && sum.uses >= perAccount * users.length && isMuch(sum, least);
}

/** Whether uses make up enough of their accounts' traffic. */
const isMuch = (
  sum: { uses: number; elicited: number; exchanges: number },
  { minTrafficShare, minElicitation, minPooledShare }: Much,
): boolean =>
  sum.uses >= WITH_STRAYS * minTrafficShare * sum.exchanges &&
  (sum.elicited >= WITH_STRAYS * minElicitation * sum.uses || sum.uses >= WITH_STRAYS * minPooledShare * sum.exchanges);
