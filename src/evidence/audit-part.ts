import { z } from 'zod';
import { AuditRecord, hashOfRecord } from '../db/audit-entry.ts';
import type { AuditPart } from './gather-dossier.ts';
import type { Names } from './names.ts';

const Head = z.object({
  type: z.literal('chain'),
  /** The newest entry of the whole chain: what digests publish. */
  head: z.object({ seq: z.number().int(), hash: z.string() }),
  whole: z.boolean(),
  entries: z.number().int(),
});
const Entry = AuditRecord.extend({ type: z.literal('entry'), hash: z.string() });
/** An entry whose words name accounts: of it a pseudonymised dossier shows its place and its hash. */
const Withheld = Entry.omit({ reason: true, detail: true }).extend({ type: z.literal('withheld') });
const Line = z.discriminatedUnion('type', [Head, Entry, Withheld]);

/** The campaign's part of the chain, one object a line: the chain first, then each entry with its place in it. */
export function auditNdjson({ head, whole, entries }: AuditPart, names: Names): string {
  const lines = entries.map((entry) => {
    if (!names.tells(JSON.stringify([entry.reason, entry.detail]))) return { type: 'entry', ...entry };
    const { reason: _, detail: __, ...place } = entry;
    return { type: 'withheld', ...place };
  });
  return [{ type: 'chain', head, whole, entries: entries.length }, ...lines]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** What is wrong with such a file by itself: every hash must be its entry's, and the places must fit. */
export function checkAuditPart(text: string): string[] {
  const problems: string[] = [];
  const lines: z.output<typeof Line>[] = [];
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    const read = Line.safeParse(parse(line));
    if (read.success) lines.push(read.data);
    else problems.push(`line ${index + 1} is no line of an audit part`);
  }
  const [chain, ...rest] = lines;
  if (chain?.type !== 'chain') return [...problems, 'the first line must be the chain'];
  if (!chain.whole) problems.push('the chain was already broken when the dossier was made');
  const entries = rest.filter((line) => line.type !== 'chain');
  if (entries.length !== chain.entries)
    problems.push(`${chain.entries} entries were written, ${entries.length} are here`);
  for (const [index, entry] of entries.entries()) {
    if (entry.type === 'entry') {
      const { type: _, hash, ...record } = entry;
      if (hashOfRecord(record) !== hash) problems.push(`entry ${entry.seq} is not what its hash says`);
    }
    const before = entries[index - 1];
    if (before !== undefined && entry.seq <= before.seq) problems.push(`entry ${entry.seq} is out of its place`);
    if (before?.seq === entry.seq - 1 && entry.previous_hash !== before.hash) {
      problems.push(`entry ${entry.seq} does not follow from entry ${before.seq}`);
    }
    if (entry.seq > chain.head.seq) problems.push(`entry ${entry.seq} is past the chain’s head`);
    if (entry.seq === chain.head.seq && entry.hash !== chain.head.hash) {
      problems.push(`entry ${entry.seq} is not the chain’s head`);
    }
  }
  return problems;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
