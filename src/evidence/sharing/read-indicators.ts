import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { parseTrait } from '../trait-name.ts';
import { TRAIT_TYPE } from './stix-objects.ts';

/** An indicator of another lab's, as its file tells it. */
export interface ToldIndicator {
  trait: bigint;
  keyId: string;
  note: string;
  /** Epoch milliseconds; null where the file gives none. */
  validUntil: number | null;
}

/** `where` names the object or the line. */
export interface Skipped {
  where: string;
  reason: string;
}

export type ReadIndicators =
  | { ok: true; indicators: ToldIndicator[]; skipped: Skipped[] }
  | { ok: false; problem: string };

export const FORMATS = ['stix', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** More in one file is a mistake. */
const MOST = 100_000;
const NOTE = 200;

/** Reads a file of indicators; what is none, or of another kind, is skipped with its reason. */
export function readIndicators(text: string, format: Format): ReadIndicators {
  const read = format === 'stix' ? readStix(text) : readCsv(text);
  if (!read.ok) return read;
  const found = read.indicators.length + read.skipped.length;
  return found > MOST ? { ok: false, problem: `it has ${found} indicators: at most ${MOST} are taken` } : read;
}

const Bundle = z.object({ type: z.literal('bundle'), objects: z.array(z.object({ type: z.string() }).loose()) });
const StixIndicator = z.object({
  id: z.string().max(200),
  name: z.string().optional(),
  pattern: z.string().max(10_000),
  pattern_type: z.string(),
  revoked: z.boolean().default(false),
  valid_until: z.iso.datetime({ offset: true }).optional(),
});

/** The one pattern that says all of a trait; others may mean anything. */
const PATTERN = new RegExp(
  String.raw`^\[\s*${TRAIT_TYPE}:value\s*=\s*'([^'\\]*)'\s+AND\s+${TRAIT_TYPE}:key_id\s*=\s*'([^'\\]*)'\s*\]$`,
);

function readStix(text: string): ReadIndicators {
  const bundle = Bundle.safeParse(parseJson(text));
  if (!bundle.success) return { ok: false, problem: 'it is no STIX bundle' };
  const indicators: ToldIndicator[] = [];
  const skipped: Skipped[] = [];
  for (const [index, object] of bundle.data.objects.entries()) {
    if (object.type !== 'indicator') continue;
    const read = StixIndicator.safeParse(object);
    const where = read.data?.id ?? `object ${index + 1}`;
    const skip = (reason: string) => skipped.push({ where, reason });
    if (!read.success) {
      skip('is no indicator of STIX 2.1');
      continue;
    }
    const { pattern, pattern_type, name = '', revoked, valid_until } = read.data;
    const [, value = '', keyId = ''] = PATTERN.exec(pattern.trim()) ?? [];
    const trait = parseTrait(value);
    if (revoked) skip('was revoked');
    else if (pattern_type !== 'stix' || trait === undefined) skip(`has a pattern that is no ${TRAIT_TYPE}`);
    else indicators.push({ trait, keyId, note: noteOf(name), validUntil: timeOf(valid_until) });
  }
  return { ok: true, indicators, skipped };
}

const CsvRow = z.object({
  trait: z.string(),
  key_id: z.string(),
  note: z.string().default(''),
  valid_until: z.union([z.iso.datetime({ offset: true }), z.iso.date(), z.literal('')]).optional(),
});

function readCsv(text: string): ReadIndicators {
  let rows: unknown[];
  try {
    rows = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (fault) {
    return { ok: false, problem: `it is no CSV: ${fault instanceof Error ? fault.message : String(fault)}` };
  }
  const [first] = rows;
  if (rows.length > 0 && !(Object.hasOwn(Object(first), 'trait') && Object.hasOwn(Object(first), 'key_id'))) {
    return {
      ok: false,
      problem: 'its first line must name the columns trait and key_id; note and valid_until may follow',
    };
  }
  const indicators: ToldIndicator[] = [];
  const skipped: Skipped[] = [];
  for (const [index, row] of rows.entries()) {
    const where = `row ${index + 1}`;
    const read = CsvRow.safeParse(row);
    const trait = read.success ? parseTrait(read.data.trait) : undefined;
    if (!read.success)
      skipped.push({ where, reason: `has a ${read.error.issues[0]?.path.join('.') ?? 'cell'} that does not fit` });
    else if (trait === undefined) skipped.push({ where, reason: 'has no trait of sixteen hexadecimal digits' });
    else {
      const { key_id: keyId, note, valid_until } = read.data;
      indicators.push({ trait, keyId, note: noteOf(note), validUntil: timeOf(valid_until) });
    }
  }
  return { ok: true, indicators, skipped };
}

/** One line, nothing invisible: it is read by people, and its author is a stranger. */
const noteOf = (text: string): string =>
  text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, NOTE);

const timeOf = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : Date.parse(text);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
