import type { Family } from './campaign.ts';

/** Account and trait keys are 64-bit numbers in decimal: names, never quantities. */
export type AccountKey = string;

/**
 * What one detection found: accounts that one trait ties together, or that behave alike.
 * Every detection returns this shape.
 */
export interface Hit {
  detection: string;
  family: Family;
  /**
   * `ties`: the trait itself puts these accounts into one group. `supports`: it says something of each account,
   * and counts for a group only as far as the group has more of it than everyone else.
   */
  role: 'ties' | 'supports';
  /** Names the trait for people and for the next run: the same finding has the same name. */
  trait: string;
  accounts: AccountKey[];
  /**
   * For a tie, the evidence in the tie itself: natural logarithm of how much likelier it is of a campaign than of honest
   * accounts, less the logarithm of how many were tried. 0 for a support: what that weighs, the group decides.
   */
  weight: number;
  /** Figures for the sentence and the dossier; no account's text. */
  evidence: Record<string, number | string>;
}
