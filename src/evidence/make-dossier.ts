import type pg from 'pg';
import type { Detection } from '../detections/detection.ts';
import type { Attribution } from './attribution.ts';
import { auditNdjson } from './audit-part.ts';
import { benignChecks } from './benign-checks.ts';
import { accountsCsv, traitsCsv } from './csv-tables.ts';
import { type Gathered, gatherDossier } from './gather-dossier.ts';
import { type Manifest, MANIFEST, type ManifestHead, manifestOf } from './manifest.ts';
import { createNames, type Pseudonym } from './names.ts';
import { mispEvent } from './sharing/misp-event.ts';
import { stixBundle } from './sharing/stix-bundle.ts';

/** What every dossier of an installation is made with. */
export interface DossierMaker {
  pool: pg.Pool;
  detections: readonly Detection[];
  /** Of this program. */
  version: string;
  /** Names the fingerprint key without telling it. */
  keyId: string;
  pseudonym: Pseudonym;
}

export interface DossierOrder {
  /** The campaign's number. */
  number: number;
  /** Epoch milliseconds; without it, up to the newest that the database knows of the campaign. */
  asOf?: number | undefined;
  identified?: boolean | undefined;
  tlp?: Manifest['tlp'] | undefined;
  attribution?: Attribution | undefined;
}

/** A dossier's files by their names, the manifest among them. */
export interface Dossier {
  campaign: string;
  files: ReadonlyMap<string, string>;
  manifest: Manifest;
}

export type Made = { ok: true; dossier: Dossier } | Extract<Gathered, { ok: false }>;

/** Makes a dossier. Writes nothing; the same database and order always give the same bytes. */
export async function makeDossier(maker: DossierMaker, order: DossierOrder): Promise<Made> {
  const gathered = await gatherDossier(maker.pool, maker.detections, order.number, order.asOf);
  if (!gathered.ok) return gathered;
  const { facts } = gathered;
  const { campaign, bounds } = facts;
  const names = createNames(facts.accounts, { identified: order.identified ?? false, pseudonym: maker.pseudonym });
  const time = (at: number): string => new Date(at).toISOString();
  const head: ManifestHead = {
    format: 1,
    retort: maker.version,
    campaign: campaign.id,
    as_of: time(bounds.asOf),
    data: { from: time(bounds.from), to: time(bounds.to), closed: facts.closed },
    identified: names.identified,
    tlp: order.tlp ?? 'amber',
    key_id: maker.keyId,
  };
  const { attribution } = order;
  // Not before it is needed: the drawing library would slow the start of every command.
  const { reportPage } = await import('./report/report-page.ts');
  const input = { facts, names, head, checks: benignChecks(facts), attribution };
  const files = new Map([
    ['report.html', reportPage(input)],
    ['accounts.csv', accountsCsv(facts, names)],
    ['traits.csv', traitsCsv(facts)],
    ['queries.json', json({ campaign: campaign.id, data: head.data, queries: facts.queries })],
    ['audit.ndjson', auditNdjson(facts.audit, names)],
    ['stix.json', json(stixBundle(input))],
    ['misp.json', json(mispEvent(input))],
    ...(attribution === undefined ? [] : [['attribution.json', json(attribution)] as const]),
  ]);
  const manifest = manifestOf(head, files);
  return {
    ok: true,
    dossier: { campaign: campaign.id, files: new Map([...files, [MANIFEST, json(manifest)]]), manifest },
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
