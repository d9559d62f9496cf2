import { indexByAccount } from '../campaigns/by-account.ts';
import { END_KINDS, kindOf, type TraitKind } from '../campaigns/trait.ts';
import { dealingEvidence } from './dealing-evidence.ts';

/** A template and what each account did with it: `uses[i]` are those of `accounts[i]`. */
export interface TemplateRow {
  trait: string;
  accounts: string[];
  owners: number[];
  uses: number[];
  elicited: number[];
  exchanges: number[];
  all_elicited: number[];
  public_uses: number[];
  cards: number[];
  card_accounts: number[];
  /** How many were added up. */
  templates: number;
}

/** Of the larger of two templates, the share of accounts that must use both for them to be of one pool. */
const POOLED = 0.5;
/** Their uses may be added up. Of bands an exchange has several. */
const ENDS: ReadonlySet<TraitKind | undefined> = new Set(END_KINDS);

/** Templates of one account that are looked at, the widest: an account with more is a hub, or wants to cost time. */
const TEMPLATES_PER_ACCOUNT = 64;

/**
 * Templates of one kind that the same accounts are dealt, added up: a job queue that deals out many wrappers at once shows
 * each too thinly, or as too small a part of the traffic, to be told from chance. Each pool bears its largest one's name.
 */
export function poolTemplates<Row extends TemplateRow>(rows: readonly Row[], leastOwners: number): Row[] {
  const ends = rows
    .filter((row) => ENDS.has(kindOf(BigInt(row.trait))) && row.accounts.length >= leastOwners)
    .toSorted((a, b) => b.accounts.length - a.accounts.length || (a.trait < b.trait ? -1 : 1));
  const rowsOf = indexByAccount(ends.keys(), (index) => ends[index]?.accounts ?? [], TEMPLATES_PER_ACCOUNT);
  const taken = new Set<number>();
  const dealt = new Map<Row, boolean>();
  // What people like is used by the same people, too: each must at least lean towards dealing.
  const isDealt = (row: Row): boolean => {
    const known = dealt.get(row) ?? dealingEvidence(usesOf(row)) > 0;
    dealt.set(row, known);
    return known;
  };
  return ends.flatMap((first, index) => {
    if (taken.has(index)) return [];
    const kind = kindOf(BigInt(first.trait));
    const shared = new Map<number, number>();
    for (const account of first.accounts) {
      for (const other of rowsOf.get(account) ?? []) if (other > index) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const partners = [...shared].flatMap(([other, count]) => {
      const row = ends[other];
      const isPartner =
        row !== undefined &&
        !taken.has(other) &&
        count >= POOLED * first.accounts.length &&
        kindOf(BigInt(row.trait)) === kind;
      return isPartner ? [{ other, row }] : [];
    });
    const pooled = partners.length > 0 && isDealt(first) ? partners.filter(({ row }) => isDealt(row)) : [];
    if (pooled.length === 0) return [];
    for (const { other } of pooled) taken.add(other);
    return [addUp([first, ...pooled.map(({ row }) => row)])];
  });
}

/** The columns with a value for each account. */
const PER_ACCOUNT = [
  'owners',
  'uses',
  'elicited',
  'exchanges',
  'all_elicited',
  'public_uses',
  'cards',
  'card_accounts',
] as const;

const usesOf = (row: TemplateRow) => row.uses.map((uses, at) => ({ uses, exposure: row.exchanges[at] ?? 0 }));

function addUp<Row extends TemplateRow>(rows: readonly [Row, ...Row[]]): Row {
  const [first] = rows;
  const sum: TemplateRow = {
    trait: first.trait,
    accounts: [],
    owners: [],
    uses: [],
    elicited: [],
    exchanges: [],
    all_elicited: [],
    public_uses: [],
    cards: [],
    card_accounts: [],
    templates: rows.length,
  };
  const place = new Map<string, number>();
  for (const row of rows) {
    row.accounts.forEach((account, at) => {
      const known = place.get(account);
      if (known !== undefined) {
        sum.uses[known] = (sum.uses[known] ?? 0) + (row.uses[at] ?? 0);
        sum.elicited[known] = (sum.elicited[known] ?? 0) + (row.elicited[at] ?? 0);
        // A row whose accounts mostly share no cards leaves theirs out.
        sum.cards[known] ||= row.cards[at] ?? 0;
        sum.card_accounts[known] ||= row.card_accounts[at] ?? 0;
        return;
      }
      place.set(account, sum.accounts.push(account) - 1);
      for (const column of PER_ACCOUNT) {
        sum[column].push(row[column][at] ?? 0);
      }
    });
  }
  return { ...first, ...sum };
}
