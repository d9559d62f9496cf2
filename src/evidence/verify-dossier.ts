import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parseCampaignId } from '../campaigns/campaign-id.ts';
import { checkAuditPart } from './audit-part.ts';
import { QueryRecord } from './ask-query.ts';
import { type DossierFacts, gatherDossier } from './gather-dossier.ts';
import type { DossierMaker } from './make-dossier.ts';
import { checkManifest, MANIFEST, Manifest, sha256 } from './manifest.ts';

/** What was found of a dossier's folder; without problems it is what was made. */
export interface DossierVerdict {
  campaign: string | null;
  files: number;
  /** SHA-256 of the manifest itself: what to compare with a note from elsewhere. */
  manifestSha256: string | null;
  problems: string[];
  /** Each query that was asked again, and whether it answered the same; null without a database. */
  queries: { id: string; same: boolean }[] | null;
}

const Queries = z.object({ queries: z.array(QueryRecord) });
const AuditPlaces = z.object({ seq: z.number(), hash: z.string() });

/**
 * Checks a folder by itself: manifest, files, and the audit part's hashes. `noted`: the manifest's SHA-256 as somebody
 * wrote it down, without which a dossier that was made anew as a whole looks like any other.
 */
export async function verifyDossier(
  directory: string,
  { noted, maker }: { noted?: string | undefined; maker?: DossierMaker | undefined } = {},
): Promise<DossierVerdict> {
  const { files, problems } = await readFolder(path.resolve(directory));
  const text = files.get(MANIFEST);
  const manifest = Manifest.safeParse(parse(text));
  const verdict: DossierVerdict = {
    campaign: manifest.data?.campaign ?? null,
    files: files.size,
    manifestSha256: text === undefined ? null : sha256(text),
    problems,
    queries: null,
  };
  if (noted !== undefined && verdict.manifestSha256 !== noted.toLowerCase()) {
    problems.push(`${MANIFEST} is not the one that was noted`);
  }
  if (!manifest.success) {
    problems.push(text === undefined ? `${MANIFEST} is missing` : `${MANIFEST} is no manifest of a dossier`);
    return verdict;
  }
  problems.push(...checkManifest(manifest.data, files));
  const audit = files.get('audit.ndjson');
  if (audit !== undefined) problems.push(...checkAuditPart(decode(audit)).map((what) => `audit.ndjson: ${what}`));
  if (maker !== undefined) verdict.queries = await askAgain(maker, manifest.data, files, problems);
  return verdict;
}

/** Builds every query anew, never running what stands in the file, and compares what it is and what it answers. */
async function askAgain(
  maker: DossierMaker,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
  problems: string[],
): Promise<DossierVerdict['queries']> {
  const told = Queries.safeParse(parse(files.get('queries.json')));
  if (!told.success) {
    problems.push('queries.json cannot be read, so nothing was asked again');
    return [];
  }
  if (manifest.key_id !== maker.keyId)
    problems.push('it was made with another fingerprint key: this is not its database');
  const number = parseCampaignId(manifest.campaign) ?? 0;
  const again = await gatherDossier(maker.pool, maker.detections, number, Date.parse(manifest.as_of));
  if (!again.ok) {
    problems.push(`it cannot be asked again: ${again.says}`);
    return [];
  }
  const fresh = new Map(again.facts.queries.map((query) => [query.id, query]));
  const compared = told.data.queries.map((query) => {
    const now = fresh.get(query.id);
    const problem = now === undefined ? 'is not asked any more' : difference(query, now, keptFromOf(now, again.facts));
    if (problem !== undefined) problems.push(`query ${query.id} ${problem}`);
    return { id: query.id, same: problem === undefined };
  });
  for (const id of fresh.keys()) {
    if (!compared.some((each) => each.id === id)) problems.push(`query ${id} is missing from queries.json`);
  }
  const kept = new Map(again.facts.audit.entries.map((entry) => [entry.seq, entry.hash]));
  const shown = decode(files.get('audit.ndjson'))
    .split('\n')
    .flatMap((line) => AuditPlaces.safeParse(parse(line)).data ?? []);
  for (const { seq, hash } of shown) {
    if (kept.get(seq) !== hash) problems.push(`audit entry ${seq} is not the database’s`);
    kept.delete(seq);
  }
  for (const seq of kept.keys()) problems.push(`audit entry ${seq} is missing`);
  return compared;
}

function difference(told: QueryRecord, now: QueryRecord, keptFrom: number): string | undefined {
  const { sql, parameters, result_sha256 } = told;
  const isSame = sql === now.sql && JSON.stringify(parameters) === JSON.stringify(now.parameters);
  if (isSame && result_sha256 === now.result_sha256) return undefined;
  if (Date.parse(told.from) < keptFrom) {
    return `reads days before ${new Date(keptFrom).toISOString().slice(0, 10)}, which were dropped since: it cannot be asked again`;
  }
  if (!isSame) return 'is asked otherwise by this version or configuration';
  return `answers otherwise: ${told.rows} rows then, ${now.rows} now`;
}

/** From where on there is what a query reads, beside roll-ups of days. */
function keptFromOf({ id, kind }: QueryRecord, { bounds, traitsFrom }: DossierFacts): number {
  if (kind === 'detection' || id === 'traits') return traitsFrom;
  return ['traffic', 'uses', 'models'].includes(id) ? bounds.exchangesFrom : Number.NEGATIVE_INFINITY;
}

async function readFolder(folder: string): Promise<{ files: Map<string, Uint8Array>; problems: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((fault: NodeJS.ErrnoException) => {
    const advice = fault.code === 'ENOTDIR' ? 'unpack the zip first' : 'name the folder that retort dossier wrote';
    throw new Error(`${folder} cannot be read as a folder: ${advice}`, { cause: fault });
  });
  const files = new Map<string, Uint8Array>();
  const problems: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isFile()) files.set(entry.name, await readFile(path.join(folder, entry.name)));
    else problems.push(`${entry.name} is not a file`);
  }
  return { files, problems };
}

const decode = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');

function parse(content: Uint8Array | string | undefined): unknown {
  try {
    return JSON.parse(typeof content === 'string' ? content : decode(content));
  } catch {
    return undefined;
  }
}
