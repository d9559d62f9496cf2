import { kindOfTrait } from '../../campaigns/trait.ts';
import type { DossierFacts } from '../gather-dossier.ts';
import { formatTrait } from '../trait-name.ts';

/** A trait that ties accounts of the campaign together, as others are told of it. */
export interface SharedTrait {
  /** Sixteen hexadecimal digits. */
  value: string;
  kind: string;
  /** Accounts of the campaign that the finding names. */
  accounts: number;
  detections: string[];
}

/** More are no help to anybody; all of them are in `traits.csv`. */
const MOST = 200;

/** What the campaign's accounts are tied by: the findings of detections that tie, where they are traits. */
export function sharedTraits({ looks, accounts }: Pick<DossierFacts, 'looks' | 'accounts'>): SharedTrait[] {
  const members = new Set(
    accounts.filter(({ standing }) => standing === 'member').map(({ account_key }) => account_key),
  );
  const found = new Map<string, SharedTrait>();
  for (const { detection, hits } of looks.filter((look) => look.detection.role === 'ties')) {
    for (const hit of hits) {
      const kind = kindOfTrait(hit.trait);
      if (kind === undefined) continue;
      const value = formatTrait(hit.trait);
      const known = found.get(value) ?? { value, kind, accounts: 0, detections: [] };
      known.accounts = Math.max(known.accounts, hit.accounts.filter((account) => members.has(account)).length);
      known.detections.push(detection.id);
      found.set(value, known);
    }
  }
  return [...found.values()].toSorted((a, b) => b.accounts - a.accounts || (a.value < b.value ? -1 : 1)).slice(0, MOST);
}
