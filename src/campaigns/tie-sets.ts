import type { Family } from './campaign.ts';
import type { Hit } from './hit.ts';

/** Sets of ties that are joined one by one, and the heaviest tie of each family in each. */
export class TieSets {
  readonly #parent: number[];
  readonly #heaviest: Map<Family, number>[];

  constructor(ties: readonly Hit[]) {
    this.#parent = ties.map((_, index) => index);
    this.#heaviest = ties.map((hit) => new Map([[hit.family, hit.weight]]));
  }

  find(index: number): number {
    let root = index;
    while (this.#parent[root] !== root) root = this.#parent[root] ?? root;
    this.#parent[index] = root;
    return root;
  }

  join(one: number, other: number): void {
    const [into, from] = [this.find(one), this.find(other)];
    if (into === from) return;
    this.#parent[from] = into;
    const heaviest = this.#heaviest[into];
    for (const [family, weight] of this.#heaviest[from] ?? []) {
      heaviest?.set(family, Math.max(weight, heaviest.get(family) ?? 0));
    }
  }

  /**
   * Which of the sets that a tie touches it joins; undefined where it lies in several that stand on something stronger:
   * none of them needs it, and what it also touches would weld them after all. `touched`: whether by a tie of its own.
   */
  joinedBy(hit: Hit, touched: ReadonlyMap<number, boolean>): number[] | undefined {
    const standing = [...touched.keys()].filter((root) => this.#outweighs(root, hit));
    if (standing.length < 2) return [...touched.keys()];
    const [home, ...others] = standing.filter((root) => touched.get(root) === true);
    if (home === undefined || others.length > 0) return undefined;
    return [...touched.keys()].filter((root) => root === home || !standing.includes(root));
  }

  #outweighs(root: number, { family, weight }: Hit): boolean {
    const heaviest = this.#heaviest[this.find(root)];
    return Math.max(heaviest?.get(family) ?? 0, heaviest?.get('content') ?? 0) > weight;
  }
}

/** What a queue asks is its own, and so is what is of the same family as what would weld it to another. */
export const isOwn = (tie: Hit, { family, weight }: Hit): boolean =>
  (tie.family === 'content' || tie.family === family) && tie.weight > weight;
