import type { Sql } from 'sql-template-tag';
import { z } from 'zod';
import { FAMILIES } from '../campaigns/campaign.ts';
import { DETECTION_STATES } from '../campaigns/detection-state.ts';
import type { Hit } from '../campaigns/hit.ts';
import type { Detection, DetectionSpec } from './detection.ts';
import { defineDetection } from './detection.ts';

/** What is wrong with a file of an operator's own, by the field of its detection where it is one. */
export interface OwnProblem {
  field?: string;
  what: string;
}

type Checked = { ok: true; detection: Detection } | ({ ok: false } & OwnProblem);

const words = z.string('must be text').trim().min(5, 'must say something in words').max(2_000, 'is too long');
const several = z.array(words, 'must be a list of texts').min(1, 'must name at least one').max(20, 'is too long');
const code = z.custom<(...of: never[]) => unknown>((value) => typeof value === 'function', 'must be a function');
/** By what is used of it: an operator's folder may have a copy of zod of its own. */
const schema = z.custom<z.ZodObject>((value) => {
  const { parse, strict, shape } = (value ?? {}) as { parse?: unknown; strict?: unknown; shape?: unknown };
  return typeof parse === 'function' && typeof strict === 'function' && typeof shape === 'object' && shape !== null;
}, 'must be an object schema: z.object({ … })');

const Spec = z.object({
  id: z.string('must be text'),
  family: z.enum(FAMILIES, `must be one of ${FAMILIES.join(', ')}`),
  role: z.enum(['ties', 'supports'], 'must be ties or supports'),
  title: words,
  state: z.enum(DETECTION_STATES, `must be one of ${DETECTION_STATES.join(', ')}`).optional(),
  params: schema,
  row: schema,
  query: code,
  hit: code,
  explain: code,
  looksFor: words,
  benignCauses: several,
  knownGaps: several,
  runbook: words,
});

/** What a hit must be, whoever wrote the code that made it: it goes into the scores of everybody's campaigns. */
const Finding = z.object({
  trait: z.string().min(1).max(200),
  accounts: z.array(z.string().regex(/^-?\d{1,20}$/, 'must be account keys, as the column account_key has them')),
  weight: z.number().min(0).max(1_000),
  evidence: z.record(z.string().max(60), z.union([z.number(), z.string().max(200)])),
});

/** Whether what a module hands over is a detection; `name` is its file's, without the ending. Never throws. */
export function checkOwnDetection(spec: unknown, name: string): Checked {
  const read = Spec.safeParse(spec);
  if (!read.success) {
    const issue = read.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    if (field === '') return problem('must export a detection, or a function that returns one');
    const isMissing = typeof spec === 'object' && spec !== null && !Object.hasOwn(spec, String(issue?.path[0]));
    return problem(isMissing ? 'is missing' : (issue?.message ?? 'does not fit'), field);
  }
  const { id, params } = read.data;
  if (!/^[a-z]+(-[a-z0-9]+)*$/.test(name)) return problem('the file’s name must be words like shared-thing', 'id');
  if (id !== name) return problem(`is ${JSON.stringify(id.slice(0, 60))}, and must be the file's name, ${name}`, 'id');
  const defaults = attempt(() => params.parse({}));
  if (!defaults.ok) return problem(`must each have a default: ${defaults.what}`, 'params');
  const detection = guarded(read.data as unknown as DetectionSpec<z.ZodObject, z.ZodObject>);
  const built = attempt(() => detection.build({}, { end: Date.UTC(2026, 0, 1) }));
  if (!built.ok) return problem(`throws with the default parameters: ${built.what}`, 'query');
  if (!isSql(built.value)) return problem('must return what the sql tag makes: sql`select …`', 'query');
  return { ok: true, detection };
}

function problem(what: string, field?: string): Checked {
  return { ok: false, what, ...(field === undefined ? {} : { field }) };
}

function attempt<T>(work: () => T): { ok: true; value: T } | { ok: false; what: string } {
  try {
    return { ok: true, value: work() };
  } catch (fault) {
    return { ok: false, what: faultText(fault) };
  }
}

/** A fault of code from outside, in one line. */
export function faultText(fault: unknown): string {
  if (fault instanceof z.ZodError) {
    return fault.issues
      .map(({ path, message }) => `${path.join('.')} ${message}`.trim())
      .join('; ')
      .slice(0, 300);
  }
  const text = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
  // Node keeps to itself where that is.
  const advice = fault instanceof SyntaxError ? '; node --check tells the line' : '';
  return `${text}${advice}`.replace(/\s+/g, ' ').slice(0, 300);
}

function isSql(value: unknown): value is Sql {
  const { text, values } = (value ?? {}) as { text?: unknown; values?: unknown };
  return typeof text === 'string' && text.trim() !== '' && Array.isArray(values);
}

/** The detection, with what its code hands out checked: a sentence that fails must not take the whole run with it. */
function guarded(spec: DetectionSpec<z.ZodObject, z.ZodObject>): Detection {
  const detection = defineDetection({
    ...spec,
    hit(row, params) {
      const found = spec.hit(row, params);
      if (found === undefined) return undefined;
      const finding = Finding.parse(found);
      // A support's weight is the group's to decide.
      return spec.role === 'supports' ? { ...finding, weight: 0 } : finding;
    },
  });
  return {
    ...detection,
    explain(hits: Hit[], covered: number, of: number) {
      const told = attempt(() => detection.explain(hits, covered, of));
      const text = told.ok && typeof told.value === 'string' ? told.value.trim() : '';
      return text === '' ? `${covered} of ${of} accounts: ${detection.title}` : text.slice(0, 300);
    },
  };
}
