import { z } from 'zod';
import { type Target, TARGETS } from '../campaigns/escalation.ts';
import { Reason } from './reason.ts';

/** `[target] <reason>`: the first word says whom to, where it is a target. */
export const EscalationWords = z
  .string()
  .transform((text): { target?: Target | undefined; reason: string } => {
    const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
    const target = TARGETS.find((each) => each === first.toLowerCase());
    return { target, reason: target === undefined ? text : rest };
  })
  .pipe(z.object({ target: z.enum(TARGETS).optional(), reason: Reason }));
