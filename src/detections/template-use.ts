import type { CardUse } from './cards-bear-out.ts';

/** What one account did with a template, and besides, in the window. */
export interface TemplateUse extends CardUse {
  account: string;
  /** A number of the account's owner: its organisation, or itself. */
  owner: number;
  uses: number;
  /** Of the uses, those that elicit reasoning or grade answers. */
  elicited: number;
  /** All of the account's exchanges, and those of them that elicit. */
  exchanges: number;
  allElicited: number;
  /** Of all its exchanges, those whose item other accounts repeat to the letter. */
  publicUses: number;
}

/** Uses without the strays, who met the template once: they would hide how evenly the others use it. */
export function withoutStrays(uses: readonly TemplateUse[], strayShare: number): TemplateUse[] {
  const least = strayShare * median(Float64Array.from(uses, (use) => use.uses / use.exchanges));
  return uses.filter((use) => use.uses >= least * use.exchanges);
}

/** What the uses come to. */
export function sumUses(uses: readonly TemplateUse[]) {
  const sum = { uses: 0, elicited: 0, exchanges: 0, allElicited: 0, publicUses: 0 };
  for (const use of uses) {
    sum.uses += use.uses;
    sum.elicited += use.elicited;
    sum.exchanges += use.exchanges;
    sum.allElicited += use.allElicited;
    sum.publicUses += Math.min(use.publicUses, use.exchanges);
  }
  return { ...sum, owners: new Set(uses.map((use) => use.owner)).size };
}

/** Of an even number of values, the mean of the middle two. */
function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
