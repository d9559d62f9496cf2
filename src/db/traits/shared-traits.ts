import { CONTENT_KINDS, TRAIT_KINDS } from '../../campaigns/trait.ts';

/** Accounts from which on a trait is worth keeping: as many as the smallest group that a detection looks for. */
export const SHARED_BY = 2;
export const TEXT_SHARED_BY = 5;
/**
 * A mark of text must also be repeated: uses per account of a day. A template dealt thinly, six a day over twenty
 * templates, has 1.16; phrases that strangers have in common lie at 1.05, and are most of all marks.
 */
export const TEXT_REPEATED = 1.1;
export const TEXT_USES = Math.ceil(TEXT_SHARED_BY * TEXT_REPEATED);

const IS_TEXT = new Uint8Array(16);
for (const kind of CONTENT_KINDS) IS_TEXT[TRAIT_KINDS[kind]] = 1;
/** By the high half of a trait, whose four highest bits are its kind. */
export const isText = (high: number): boolean => IS_TEXT[high >>> 28] === 1;

/** Whether a trait's sightings are worth keeping, by how many accounts showed it and how often. */
export const isWorthKeeping = (high: number, users: number, uses: number): boolean =>
  isText(high) ? users >= TEXT_SHARED_BY && uses >= TEXT_REPEATED * users : users >= SHARED_BY;

/** What any trait worth keeping has at least: most end here, before anybody counts their accounts. */
export const mayBeWorthKeeping = (high: number, isShared: boolean, uses: number): boolean =>
  isShared && (!isText(high) || uses >= TEXT_USES);
