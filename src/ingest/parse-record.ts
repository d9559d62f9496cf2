import type { z } from 'zod';
import type { Adapter } from './adapters/adapter.ts';
import { EARLIEST, FUTURE_TOLERANCE_MS } from './records.ts';

/**
 * A record, or why there is none: in words that never repeat the line's own. `unreadable`: the line as a whole, so that
 * nothing is known of what it held.
 */
export type Parsed<T> = { ok: true; record: T } | { ok: false; reason: string; unreadable?: true };

/** Fields longer than this are cut out of reasons; paths are the schema's own names, so this is a second guard. */
const REASON_LENGTH = 300;

/** No record needs more: most gateways' own formats nest a handful of levels. */
const DEEPEST = 32;

export interface ParseOptions<T> {
  /** Gives the record where there is no doubt, as the schema would; undefined leaves it to the schema. */
  quick?: (value: object) => T | undefined;
}

/** Reads one line of JSON by a schema. */
export function parseRecord<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  options: ParseOptions<z.output<Schema>> = {},
): Parsed<z.output<Schema>> {
  const read = readObject(text, DEEPEST);
  return read.ok ? judge(read.record, text, schema, options) : read;
}

/** Reads one line of another gateway's JSON: an object, or an array of them. Each record in it is judged by itself. */
export function parseForeign<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  { adapt, deepest = DEEPEST }: Pick<Adapter, 'deepest'> & Required<Pick<Adapter, 'adapt'>>,
  options: ParseOptions<z.output<Schema>> = {},
): Parsed<z.output<Schema>>[] {
  const read = readObject(text, deepest, { lists: true });
  if (!read.ok) return [read];
  const objects = Array.isArray(read.record) ? read.record.map((each): object => Object(each)) : [read.record];
  const natives = objects.flatMap(adapt);
  return natives.map((native, index) => {
    const parsed = judge(native, text, schema, options);
    if (parsed.ok || natives.length === 1) return parsed;
    return { ok: false, reason: `record ${index + 1} of ${natives.length}: ${parsed.reason}`.slice(0, REASON_LENGTH) };
  });
}

function readObject(text: string, deepest: number, { lists = false } = {}): Parsed<object> {
  // A NUL byte cannot stand in JSON as itself; told apart because "not JSON" would send a person looking elsewhere.
  if (text.includes('\0')) return refuse('holds a NUL character');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('not JSON');
  }
  if (typeof value !== 'object' || value === null || (Array.isArray(value) && !lists)) {
    return refuse('not a JSON object');
  }
  return hasBrackets(text, deepest) && isDeep(value, deepest)
    ? refuse(`nested deeper than ${deepest} levels`)
    : { ok: true, record: value };
}

function judge<Schema extends z.ZodType>(
  native: object,
  text: string,
  schema: Schema,
  { quick }: ParseOptions<z.output<Schema>>,
): Parsed<z.output<Schema>> {
  let record = quick?.(native);
  if (record === undefined) {
    const parsed = schema.safeParse(native);
    if (!parsed.success) return { ok: false, reason: reasonOf(parsed.error) };
    record = parsed.data;
  }
  // Only an escape can bring these in: most lines are spared the walk.
  const problem = text.includes('\\u') ? textProblem(record) : undefined;
  return problem === undefined ? { ok: true, record } : { ok: false, reason: problem };
}

function refuse(reason: string) {
  return { ok: false, reason, unreadable: true } as const;
}

/** Whether a text opens more objects and lists than so many: with fewer, nothing in it is deeper. */
function hasBrackets(text: string, most: number): boolean {
  let brackets = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > most) return true;
    }
  }
  return false;
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

/**
 * Why a time cannot be one of an event, or undefined where it can. `droppedUntil`: what came before it cannot be told from
 * what was counted already.
 */
export function timeProblem(at: number, now: number, droppedUntil = Number.NEGATIVE_INFINITY): string | undefined {
  if (at < EARLIEST) return `time before ${new Date(EARLIEST).toISOString().slice(0, 10)}`;
  if (at < droppedUntil) {
    return `time before ${new Date(droppedUntil).toISOString().slice(0, 10)}: those days were dropped (RETORT_RETENTION)`;
  }
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
