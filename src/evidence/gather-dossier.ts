import type pg from 'pg';
import sql from 'sql-template-tag';
import type { Campaign } from '../campaigns/campaign.ts';
import { formatCampaignId } from '../campaigns/campaign-id.ts';
import { chartSpan } from '../campaigns/extent.ts';
import type { AuditHead } from '../campaigns/audit-verdict.ts';
import { type AuditRecord, auditHeadAt, readAuditOf, verifyAudit } from '../db/audit-entry.ts';
import { loadCampaign } from '../db/campaign.ts';
import { countActiveAccounts } from '../db/campaign-figures.ts';
import { type DossierBounds, dossierQueries } from '../db/dossier-queries.ts';
import { type Database, execute, transaction } from '../db/query.ts';
import { readWatermark } from '../db/watermark.ts';
import type { Detection } from '../detections/detection.ts';
import { DAY_MS } from '../time-units.ts';
import { askQuery, type QueryRecord } from './ask-query.ts';
import { type Look, lookAgain } from './look-again.ts';

/** This campaign's entries of the audit, and the chain that they are of. */
export interface AuditPart {
  head: AuditHead;
  /** Whether the whole chain was found intact. */
  whole: boolean;
  entries: (AuditRecord & { hash: string })[];
}

type Figures = Awaited<ReturnType<typeof readFigures>>['figures'];

/** Everything that a dossier tells, before any of it is put into words. Times are epoch milliseconds. */
export interface DossierFacts extends Figures {
  campaign: Campaign;
  bounds: DossierBounds;
  /** The last day of the data is over, so that the same queries answer the same later. */
  closed: boolean;
  /** Where the detections' window ends. */
  windowEnd: number;
  /** Accounts active in the detections' short window: the population of the null. */
  activeAccounts: number;
  looks: Look[];
  /** From where on there are sightings of traits: what was earlier is dropped. */
  traitsFrom: number;
  /** Detections that spoke for it and are not loaded any more. */
  gone: string[];
  queries: QueryRecord[];
  audit: AuditPart;
}

export type Gathered =
  | { ok: true; facts: DossierFacts }
  | { ok: false; reason: 'not_found' | 'not_known_then' | 'no_data'; says: string };

const POPULATION_MS = 2 * DAY_MS;
/** Later than anything that a database will hold. */
const FAR = Date.UTC(9000, 0);

/** Reads it all in one read-only snapshot. Without `asOf`, up to the newest that the database knows of the campaign. */
export function gatherDossier(
  pool: pg.Pool,
  detections: readonly Detection[],
  number: number,
  asOf?: number,
): Promise<Gathered> {
  return transaction(pool, async (tx) => {
    await execute(tx, sql`set transaction isolation level repeatable read, read only`);
    // Before the snapshot is taken: a day that is dropped is gone from under it.
    await execute(tx, sql`lock table only exchange, only account_trait, only account_trait_pack in access share mode`);
    const campaign = await loadCampaign(tx, number);
    const id = formatCampaignId(number);
    if (campaign === undefined) return { ok: false, reason: 'not_found', says: `there is no campaign ${id}` };
    const watermark = await readWatermark(tx, 'traits');
    if (watermark === undefined) return { ok: false, reason: 'no_data', says: 'nothing was ingested yet' };
    const known = await readAuditOf(tx, id, asOf ?? FAR);
    const at = asOf ?? Math.max(watermark, campaign.updatedAt, ...known.map((entry) => Date.parse(entry.at)));
    if (at < campaign.createdAt) {
      const since = new Date(campaign.createdAt).toISOString();
      return { ok: false, reason: 'not_known_then', says: `${id} is known since ${since}: ask as of a later time` };
    }
    const droppedUntil = (await readWatermark(tx, 'dropped_exchanges')) ?? 0;
    const { bounds, closed } = boundsOf(campaign, number, { watermark, asOf: at, droppedUntil });
    const { figures, records } = await readFigures(tx, bounds);
    const members = new Set(
      figures.accounts.filter(({ standing }) => standing === 'member').map(({ account_key }) => account_key),
    );
    const windowEnd = Math.min(bounds.to, campaign.lastExchangeAt ?? bounds.to);
    const speaking = detections.filter((detection) => campaign.detections.includes(detection.id));
    const looks: Look[] = [];
    for (const detection of speaking) looks.push(await lookAgain(tx, detection, members, windowEnd));
    return {
      ok: true,
      facts: {
        campaign,
        bounds,
        closed,
        windowEnd,
        ...figures,
        activeAccounts: await countActiveAccounts(tx, windowEnd - POPULATION_MS, windowEnd),
        looks,
        traitsFrom: (await readWatermark(tx, 'dropped_traits')) ?? 0,
        gone: campaign.detections.filter((each) => !speaking.some((detection) => detection.id === each)),
        queries: [...records, ...looks.map(({ record }) => record)],
        audit: {
          head: await auditHeadAt(tx, at),
          whole: (await verifyAudit(tx)).ok,
          entries: known,
        },
      },
    };
  });
}

/** Whole days that are over, where the campaign has any: roll-ups of a day that goes on would answer otherwise later. */
function boundsOf(
  campaign: Campaign,
  number: number,
  { watermark, asOf, droppedUntil }: Record<'watermark' | 'asOf' | 'droppedUntil', number>,
): { bounds: DossierBounds; closed: boolean } {
  const first = campaign.firstExchangeAt ?? campaign.createdAt;
  const newest = Math.min(watermark, asOf);
  const lastMidnight = Math.floor((newest + 1) / DAY_MS) * DAY_MS - 1;
  const closed = lastMidnight > first;
  const to = closed ? lastMidnight : newest;
  const from = Math.min(first, to);
  const exchangesFrom = Math.max(from, droppedUntil);
  const span = chartSpan(from, to);
  // Whole days are counted where single exchanges are gone.
  const bucketHours = exchangesFrom > from ? Math.ceil(span.bucketHours / 24) * 24 : span.bucketHours;
  return { bounds: { campaign: number, from, to, exchangesFrom, asOf, bucketHours }, closed };
}

async function readFigures(tx: Database, bounds: DossierBounds) {
  const queries = dossierQueries(bounds);
  const span = { from: new Date(bounds.from).toISOString(), to: new Date(bounds.to).toISOString() };
  const accounts = await askQuery(tx, queries.accounts, span);
  const activity = await askQuery(tx, queries.activity, span);
  const hours = await askQuery(tx, queries.hours, span);
  const traffic = await askQuery(tx, queries.traffic, span);
  const single = { ...span, from: new Date(bounds.exchangesFrom).toISOString() };
  const uses = await askQuery(tx, queries.uses, single);
  const models = await askQuery(tx, queries.models, single);
  const traits = await askQuery(tx, queries.traits, span);
  const population = await askQuery(tx, queries.population, span);
  const asked = [accounts, activity, hours, traffic, uses, models, traits, population];
  return {
    figures: {
      accounts: accounts.rows,
      activity: activity.rows,
      hours: hours.rows,
      traffic: traffic.rows,
      uses: uses.rows,
      models: models.rows,
      traits: traits.rows,
      population: population.rows[0] ?? { accounts: 0, exchanges: 0 },
    },
    records: asked.map(({ record }) => record),
  };
}
