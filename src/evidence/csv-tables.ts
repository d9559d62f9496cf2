import { stringify } from 'csv-stringify/sync';
import { kindOfTrait } from '../campaigns/trait.ts';
import type { DossierFacts } from './gather-dossier.ts';
import type { Names } from './names.ts';
import { formatTrait } from './trait-name.ts';
import { visible } from './visible.ts';

const time = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

/** The campaign's accounts, those that are sure to belong first; mail domains only where it is identified. */
export function accountsCsv({ accounts }: Pick<DossierFacts, 'accounts'>, names: Names): string {
  const rows = accounts
    .map((account) => ({
      account: visible(names.account(account.account_key)),
      standing: account.standing,
      strength: Number(account.strength.toFixed(3)),
      detections: visible(account.detections.join(' ')),
      joined_at: time(account.joined_at),
      created_at: time(account.created_at),
      organization: account.organization_id === null ? '' : visible(names.organization(account.organization_id)),
      ...(names.identified ? { email_domain: visible(account.email_domain ?? '') } : {}),
      email_disposable: account.email_disposable === null ? '' : String(account.email_disposable),
      payment_kind: visible(account.payment_kind ?? ''),
      plan: visible(account.plan ?? ''),
      program: visible(account.program ?? ''),
      verification: visible(account.verification ?? ''),
      country: visible(account.country ?? ''),
      status: visible(account.status ?? ''),
      exchanges: account.exchanges,
      elicited: account.elicited,
      input_tokens: account.input_tokens,
      output_tokens: account.output_tokens,
      active_days: account.active_days,
      first_exchange_at: time(account.first_at),
      last_exchange_at: time(account.last_at),
    }))
    .toSorted((a, b) =>
      a.standing === b.standing ? (a.account < b.account ? -1 : 1) : a.standing < b.standing ? -1 : 1,
    );
  return csv(rows);
}

/** Traits that the campaign's accounts share, with the detections whose findings they are. */
export function traitsCsv({ traits, looks }: Pick<DossierFacts, 'traits' | 'looks'>): string {
  const foundBy = new Map<string, string[]>();
  for (const { detection, hits } of looks) {
    for (const { trait } of hits) foundBy.set(trait, [...(foundBy.get(trait) ?? []), detection.id]);
  }
  return csv(
    traits.map((trait) => ({
      trait: formatTrait(trait.trait),
      kind: kindOfTrait(trait.trait) ?? '',
      accounts: trait.accounts,
      other_accounts: trait.others,
      uses: trait.uses,
      elicited: trait.elicited,
      first_at: time(trait.first_at),
      last_at: time(trait.last_at),
      detections: (foundBy.get(trait.trait) ?? []).join(' '),
    })),
  );
}

/** A cell that a spreadsheet would run as a formula begins with an apostrophe. */
function csv(rows: readonly object[]): string {
  return stringify([...rows], { header: true, escape_formulas: true, record_delimiter: 'windows' });
}
