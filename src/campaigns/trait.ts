/**
 * A trait is one thing that an account was seen with: a prompt's head, a payment instrument, a network.
 * It is a signed 64-bit number: four bits of kind, sixty bits of keyed hash (docs/decisions/0003-traits.md).
 */
export const TRAIT_KINDS = {
  /** The first words of the newest user turn, and so on: keyed hashes of text that is itself never stored. */
  prompt_head: 1,
  prompt_tail: 2,
  system_head: 3,
  system_tail: 4,
  /** One MinHash band over word shingles of the prompt's start: survives preambles and edits. */
  prompt_band: 5,
  /** The whole prompt: an item that several accounts repeat is a public one. */
  prompt_item: 6,
  system_band: 7,
  /** JA4. */
  tls_client: 8,
  user_agent: 9,
  /** /24 of IPv4, /48 of IPv6. */
  network: 10,
  asn: 11,
  payment: 12,
  signup_network: 13,
  email_domain: 14,
  /** The conversation in which a replayed reasoning signature was made. */
  reasoning_origin: 15,
} as const;

export type TraitKind = keyof typeof TRAIT_KINDS;

export const CONTENT_KINDS = [
  'prompt_head',
  'prompt_tail',
  'system_head',
  'system_tail',
  'prompt_band',
  'system_band',
] as const satisfies readonly TraitKind[];

/** Whatever is made of text: an exchange without any of these came without text. */
export const TEXT_KINDS = [...CONTENT_KINDS, 'prompt_item'] as const satisfies readonly TraitKind[];

/** What an account has few of, whatever it asks: a day that is packed keeps these also where nobody shares them. */
export const LONE_KINDS = [
  'tls_client',
  'user_agent',
  'network',
  'asn',
  'reasoning_origin',
] as const satisfies TraitKind[];

/** How a text begins and ends: an exchange has at most one of each. */
export const END_KINDS = ['prompt_head', 'prompt_tail', 'system_head', 'system_tail'] as const satisfies TraitKind[];

const HASH_MASK = (1n << 60n) - 1n;

/** A trait's number from its kind and any 64-bit hash: the hash's four highest bits give way to the kind. */
export function traitOf(kind: TraitKind, hash: bigint): bigint {
  return BigInt.asIntN(64, (BigInt(TRAIT_KINDS[kind]) << 60n) | (hash & HASH_MASK));
}

/** The ranges of numbers, first and last, that traits of these kinds have: kinds in a row make one range. */
export function rangesOfKinds(kinds: readonly TraitKind[]): [from: bigint, to: bigint][] {
  const codes = kinds.map((kind) => TRAIT_KINDS[kind]).toSorted((a, b) => a - b);
  const ranges: [from: bigint, to: bigint][] = [];
  for (const code of codes) {
    const from = BigInt.asIntN(64, BigInt(code) << 60n);
    const last = ranges.at(-1);
    // From kind 8 on numbers are negative: no range goes from kind 7 to kind 8.
    if (last !== undefined && last[1] + 1n === from) last[1] = from + HASH_MASK;
    else ranges.push([from, from + HASH_MASK]);
  }
  return ranges;
}

/** The kind that a trait's number bears, or undefined for a number that no kind owns. */
export function kindOf(trait: bigint): TraitKind | undefined {
  const code = Number(BigInt.asUintN(64, trait) >> 60n);
  return (Object.keys(TRAIT_KINDS) as TraitKind[]).find((kind) => TRAIT_KINDS[kind] === code);
}

/** The same of a trait as a hit has it: `payment`, `prompt_head`, …; a finding that is no trait has none. */
export const kindOfTrait = (trait: string): TraitKind | undefined =>
  /^-?\d{1,20}$/.test(trait) ? kindOf(BigInt(trait)) : undefined;

const CONTENT: ReadonlySet<TraitKind | undefined> = new Set(CONTENT_KINDS);

/** Whether a hit is about a template's mark, whatever its detection makes of it: that its users' cards are a pool's, say. */
export const isOfContent = ({ trait }: { trait: string }): boolean => CONTENT.has(kindOfTrait(trait));
