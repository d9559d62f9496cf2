import { indexByAccount } from '../campaigns/by-account.ts';
import { END_KINDS, kindOf, type TraitKind } from '../campaigns/trait.ts';
import { dealingEvidence } from './dealing-evidence.ts';
import type { Template } from './template.ts';

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
export function poolTemplates(templates: readonly Template[], leastOwners: number): Template[] {
  const ends = templates
    .filter(({ trait, users }) => ENDS.has(kindOf(BigInt(trait))) && users.length >= leastOwners)
    .toSorted((a, b) => b.users.length - a.users.length || (a.trait < b.trait ? -1 : 1));
  const endsOf = indexByAccount(ends.keys(), (index) => accountsOf(ends[index]), TEMPLATES_PER_ACCOUNT);
  const taken = new Set<number>();
  const dealt = new Map<Template, boolean>();
  // What people like is used by the same people, too: each must at least lean towards dealing.
  const isDealt = (template: Template): boolean => {
    const known = dealt.get(template) ?? dealingEvidence(dealtOf(template)) > 0;
    dealt.set(template, known);
    return known;
  };
  return ends.flatMap((first, index) => {
    if (taken.has(index)) return [];
    const kind = kindOf(BigInt(first.trait));
    const shared = new Map<number, number>();
    for (const { account } of first.users) {
      for (const other of endsOf.get(account) ?? []) if (other > index) shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const partners = [...shared].flatMap(([other, count]) => {
      const template = ends[other];
      const isPartner =
        template !== undefined &&
        !taken.has(other) &&
        count >= POOLED * first.users.length &&
        kindOf(BigInt(template.trait)) === kind;
      return isPartner ? [{ other, template }] : [];
    });
    const pooled = partners.length > 0 && isDealt(first) ? partners.filter(({ template }) => isDealt(template)) : [];
    if (pooled.length === 0) return [];
    for (const { other } of pooled) taken.add(other);
    return [addUp([first, ...pooled.map(({ template }) => template)])];
  });
}

const accountsOf = (template: Template | undefined): string[] => template?.users.map(({ account }) => account) ?? [];

const dealtOf = ({ users, uses }: Template) =>
  users.map(({ exchanges }, at) => ({ uses: uses[at] ?? 0, exposure: exchanges }));

function addUp(templates: readonly [Template, ...Template[]]): Template {
  const sum: Template = { trait: templates[0].trait, users: [], uses: [], elicited: [], templates: templates.length };
  const place = new Map<string, number>();
  for (const { users, uses, elicited } of templates) {
    for (const [at, user] of users.entries()) {
      const known = place.get(user.account) ?? sum.users.push(user) - 1;
      place.set(user.account, known);
      sum.uses[known] = (sum.uses[known] ?? 0) + (uses[at] ?? 0);
      sum.elicited[known] = (sum.elicited[known] ?? 0) + (elicited[at] ?? 0);
    }
  }
  return sum;
}
