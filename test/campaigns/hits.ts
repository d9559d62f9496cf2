import type { Hit } from '../../src/campaigns/hit.ts';

/** Keys of `count` accounts, numbered from `first` on. */
export function accounts(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(first + index));
}

/** A hit that ties accounts together; content of weight 10 unless something else is said. */
export function tie(names: readonly string[], change: Partial<Hit> = {}): Hit {
  return {
    detection: 'shared-template',
    family: 'content',
    role: 'ties',
    trait: `of ${names[0]}`,
    accounts: [...names],
    weight: 10,
    evidence: {},
    ...change,
  };
}

/** A hit that says something of each of these accounts. */
export function support(names: readonly string[], change: Partial<Hit> = {}): Hit {
  return tie(names, { detection: 'no-night', family: 'timing', role: 'supports', weight: 0, ...change });
}
