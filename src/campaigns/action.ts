import { z } from 'zod';

/** What may be asked of the account service, mildest last of what stops an account. */
const ACTIONS = ['suspend', 'ban', 'restore', 'require_verification', 'rate_limit', 'watermark'] as const;
export const Action = z.enum(ACTIONS);
export type Action = z.output<typeof Action>;

/** Actions on the accounts of a campaign; `restore` takes them back, and has a verb of its own. */
export const IMPOSED = ['suspend', 'ban', 'require_verification', 'rate_limit', 'watermark'] as const;
export const Imposed = z.enum(IMPOSED);
export type Imposed = z.output<typeof Imposed>;

/** What an account's status becomes once the action is confirmed; null where it stays as it is. */
export const STATUS_AFTER: Record<Action, 'suspended' | 'banned' | 'active' | null> = {
  suspend: 'suspended',
  ban: 'banned',
  restore: 'active',
  require_verification: null,
  rate_limit: null,
  watermark: null,
};
