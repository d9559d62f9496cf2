import type { z } from 'zod';
import { EARLIEST, FUTURE_TOLERANCE_MS } from './records.ts';

/** A record, or why the line is none: in words that never repeat the line's own. */
export type Parsed<T> = { ok: true; record: T } | { ok: false; reason: string };

/** Fields longer than this are cut out of reasons; paths are the schema's own names, so this is a second guard. */
const REASON_LENGTH = 300;

/** No record needs more: a gateway's own format nests a handful of levels. */
const DEEPEST = 32;

export interface ParseOptions<T> {
  /** Turns another gateway's object into the native one. */
  adapt?: ((value: object) => unknown) | undefined;
  /** Gives the record where there is no doubt, as the schema would; undefined leaves it to the schema. */
  quick?: (value: object) => T | undefined;
}

/** Reads one line of JSON by a schema. */
export function parseRecord<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  { adapt, quick }: ParseOptions<z.output<Schema>> = {},
): Parsed<z.output<Schema>> {
  // A NUL byte cannot stand in JSON as itself; told apart because "not JSON" would send a person looking elsewhere.
  if (text.includes('\0')) return { ok: false, reason: 'holds a NUL character' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'not a JSON object' };
  }
  if (isDeep(value, DEEPEST)) return { ok: false, reason: `nested deeper than ${DEEPEST} levels` };
  const native = adapt === undefined ? value : adapt(value);
  let record = typeof native === 'object' && native !== null ? quick?.(native) : undefined;
  if (record === undefined) {
    const parsed = schema.safeParse(native);
    if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error) };
    record = parsed.data;
  }
  // Only an escape can bring these in: most lines are spared the walk.
  const problem = text.includes('\\u') ? textProblem(record) : undefined;
  return problem === undefined ? { ok: true, record } : { ok: false, reason: problem };
}

/** Looks no deeper than `levels`: a hostile line must not use up the stack. */
function isDeep(value: object, levels: number): boolean {
  if (levels === 0) return true;
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === 'object' && member !== null && isDeep(member, levels - 1)) return true;
  }
  return false;
}

/** Why a time cannot be one of an event, or undefined where it can. */
export function timeProblem(at: number, now: number): string | undefined {
  if (at < EARLIEST) return `time before ${new Date(EARLIEST).toISOString().slice(0, 10)}`;
  return at > now + FUTURE_TOLERANCE_MS ? 'time more than a day in the future' : undefined;
}

function reasonOf(error: z.ZodError): string {
  const problems = error.issues.map((issue) => `${issue.path.join('.') || 'record'}: ${wordsOf(issue)}`);
  return problems.join('; ').slice(0, REASON_LENGTH);
}

/** The schema's side of a problem; zod's own messages may quote what was received. */
function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.join(', ')}`;
    case 'too_big':
      return `more than ${issue.maximum}`;
    case 'too_small':
      return `less than ${issue.minimum}`;
    case 'invalid_format':
      return issue.format === 'regex' ? 'wrong form' : `not a ${issue.format}`;
    default:
      return issue.message;
  }
}

/** The database takes neither NUL nor half a surrogate pair. */
function textProblem(value: unknown): string | undefined {
  if (typeof value === 'string') {
    if (value.includes('\0')) return 'holds a NUL character';
    return value.isWellFormed() ? undefined : 'holds half a surrogate pair';
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const member of Object.values(value)) {
    const problem = textProblem(member);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
