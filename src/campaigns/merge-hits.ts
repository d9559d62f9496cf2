import type { Hit } from './hit.ts';

/**
 * The hits of the present window, with those of earlier ones in them: the same trait of the same detection is one hit of
 * all accounts that it ever named, weighed and told by the present window's figures where there are any.
 */
export function mergeHits(present: readonly Hit[], earlier: readonly Hit[]): Hit[] {
  const merged = new Map(present.map((hit) => [keyOf(hit), hit]));
  for (const hit of earlier) {
    const known = merged.get(keyOf(hit));
    if (known === undefined) {
      merged.set(keyOf(hit), hit);
      continue;
    }
    const accounts = [...new Set([...known.accounts, ...hit.accounts])];
    merged.set(keyOf(hit), { ...known, accounts, weight: Math.max(known.weight, hit.weight) });
  }
  return [...merged.values()];
}

const keyOf = ({ detection, trait }: Hit): string => `${detection} ${trait}`;
