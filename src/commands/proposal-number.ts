import { z } from 'zod';
import { parseProposalId } from '../campaigns/proposal.ts';

/** A proposal as people write it, `P-3`, `p3` or `3`, to its number. */
export const ProposalNumber = z.string().transform((text, issues) => {
  const number = parseProposalId(text);
  if (number !== undefined) return number;
  issues.addIssue({ code: 'custom', message: `${text} is no proposal: they are written P-3` });
  return z.NEVER;
});
