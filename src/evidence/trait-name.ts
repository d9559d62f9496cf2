import { kindOf } from '../campaigns/trait.ts';

/** A trait's number as it is written for others: sixteen hexadecimal digits, the first of which is its kind. */
export function formatTrait(trait: string): string {
  return BigInt.asUintN(64, BigInt(trait)).toString(16).padStart(16, '0');
}

/** The number behind `formatTrait`'s text, or undefined for a text that is none or bears no known kind. */
export function parseTrait(text: string): bigint | undefined {
  if (!/^[0-9a-f]{16}$/i.test(text)) return undefined;
  const trait = BigInt.asIntN(64, BigInt(`0x${text}`));
  return kindOf(trait) === undefined ? undefined : trait;
}
