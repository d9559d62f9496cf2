import type { DossierAccount } from '../db/dossier-queries.ts';

/** How accounts and organisations are called in a dossier. */
export interface Names {
  identified: boolean;
  account(key: string): string;
  organization(id: string): string;
  /** A text that people or detections wrote, with the names of the campaign's accounts and organisations in it replaced. */
  text(text: string): string;
  /** Whether a text holds one of them. */
  tells(text: string): boolean;
}

/** A keyed hash under the installation's key: the same name has the same pseudonym in every dossier. */
export type Pseudonym = (kind: 'account' | 'organization', name: string) => string;

/** Shorter ids stand in too many words to be looked for in texts. */
const LEAST_LENGTH = 3;

export function createNames(
  accounts: readonly DossierAccount[],
  { identified, pseudonym }: { identified: boolean; pseudonym: Pseudonym },
): Names {
  const ids = new Map(accounts.map(({ account_key, account_id }) => [account_key, account_id]));
  const account = (key: string): string => {
    const id = ids.get(key) ?? key;
    return identified ? id : `account-${pseudonym('account', id)}`;
  };
  const organization = (id: string): string => (identified ? id : `org-${pseudonym('organization', id)}`);
  if (identified) return { identified, account, organization, text: (text) => text, tells: () => false };

  const hidden = new Map<string, string>();
  for (const { account_key, account_id, organization_id, email_domain } of accounts) {
    if (email_domain !== null) hidden.set(email_domain, '(mail domain)');
    if (organization_id !== null) hidden.set(organization_id, organization(organization_id));
    hidden.set(account_id, account(account_key));
  }
  const pattern = anyOf([...hidden.keys()].filter((name) => name.length >= LEAST_LENGTH));
  return {
    identified,
    account,
    organization,
    text: (text) => (pattern === undefined ? text : text.replaceAll(pattern, (name) => hidden.get(name) ?? name)),
    tells: (text) => pattern !== undefined && text.search(pattern) >= 0,
  };
}

/** Any of these as a word of its own; the longest first, since one may begin another. */
function anyOf(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined;
  const words = names
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${words.join('|')})(?![\p{L}\p{N}])`, 'gu');
}
