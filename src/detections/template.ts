import type { CardUse } from './cards-bear-out.ts';
import type { TemplateUse } from './template-use.ts';

/** What an account did in the window besides any one template, and how it pays. */
export type User = Omit<TemplateUse, 'uses' | 'elicited'>;

/** A template, with a column for each of its users: who it is, how often it used it, and how many of the uses elicit. */
export interface Template {
  trait: string;
  users: User[];
  uses: number[];
  elicited: number[];
  /** How many were added up. */
  templates: number;
}

/** What each user did with a template. Cards say something only where they are most of its users'. */
export function usesOf({ users, uses, elicited }: Template): TemplateUse[] {
  const carded = isCarded(users);
  // Field by field: to spread two objects costs more than all that is done with the use.
  return users.map(({ account, owner, exchanges, allElicited, publicUses, card, cardAccounts }, at) => ({
    account,
    owner,
    uses: uses[at] ?? 0,
    elicited: elicited[at] ?? 0,
    exchanges,
    allElicited,
    publicUses,
    card: carded ? card : 0,
    cardAccounts: carded ? cardAccounts : 0,
  }));
}

/** Whether most of these share a payment instrument with others. */
export const isCarded = (users: readonly CardUse[]): boolean =>
  2 * users.reduce((sum, { card }) => sum + Number(card !== 0), 0) >= users.length;
