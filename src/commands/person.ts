import { z } from 'zod';

/** A member of the workspace as people write them, a mention or `me`: to the id, given who is asking. */
export const Person = z.string().transform((text, issues): ((actor: string) => string) => {
  const id = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(text)?.[1];
  if (id !== undefined) return () => id;
  if (text.toLowerCase() === 'me') return (actor) => actor;
  issues.addIssue({ code: 'custom', message: `${text} is nobody I know: write @ and pick the person, or write me` });
  return z.NEVER;
});
