import { z } from 'zod';
import { DetectionState } from './detection-state.ts';
import { EXCEPTION_KINDS } from './exception.ts';

/** `at` is epoch milliseconds, `subject` what the audit calls it: `E-3`, `enforcement`, a detection. */
const common = { at: z.number(), actor: z.string(), subject: z.string(), reason: z.string() };
const exception = z.object({
  kind: z.enum(EXCEPTION_KINDS),
  subject: z.string(),
  owner: z.string(),
  until: z.iso.datetime(),
});

/** What a person changes for every campaign at once, as the audit has it. */
export const Change = z.discriminatedUnion('action', [
  z.object({ ...common, action: z.literal('exception.add'), detail: exception }),
  z.object({ ...common, action: z.literal('exception.end'), detail: exception }),
  z.object({ ...common, action: z.literal('enforcement.freeze') }),
  z.object({
    ...common,
    action: z.literal('enforcement.unfreeze'),
    detail: z.object({ frozenBy: z.string(), frozenAt: z.iso.datetime() }),
  }),
  z.object({
    ...common,
    action: z.literal(['detection.enable', 'detection.shadow', 'detection.disable']),
    detail: z.object({ from: DetectionState }),
  }),
]);
export type Change = z.output<typeof Change>;

/** What the audit calls them. */
export const CHANGES = Change.options.flatMap(({ shape: { action } }) => [...action.values]);

/** Everybody whom a change names by a Slack user id. */
export function peopleOf(change: Change): string[] {
  const { actor } = change;
  if (change.action === 'enforcement.unfreeze') return [actor, change.detail.frozenBy];
  if (!('detail' in change) || !('owner' in change.detail)) return [actor];
  const { owner } = change.detail;
  return /^[UW][A-Z0-9]+$/.test(owner) ? [actor, owner] : [actor];
}
