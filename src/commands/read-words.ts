import type { z } from 'zod';

export type ReadWords<T> = { ok: true; args: T } | { ok: false; problem: string };

/**
 * Gives each word to the argument of its place, by the schema's order of keys. With `rest`, the last argument gets all
 * that follow: as words, or joined to one text. What is wrong is said for a person.
 */
export function readWords<Args extends z.ZodObject>(
  schema: Args,
  words: readonly string[],
  rest?: 'words' | 'text',
): ReadWords<z.output<Args>> {
  const names = Object.keys(schema.shape);
  if (rest === undefined && words.length > names.length) {
    return { ok: false, problem: `${words[names.length] ?? ''} is one word too many` };
  }
  const given = Object.fromEntries(
    names.flatMap((name, place): [string, unknown][] => {
      const isLast = place === names.length - 1;
      if (rest === 'words' && isLast) return [[name, words.slice(place)]];
      const value = rest === 'text' && isLast ? words.slice(place).join(' ') : words[place];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, args: parsed.data };
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  return { ok: false, problem: name in given ? (issue?.message ?? 'that does not fit') : `the ${name} is missing` };
}
