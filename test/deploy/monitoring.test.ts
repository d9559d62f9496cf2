import { parser } from '@prometheus-io/lezer-promql';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../src/health/metrics.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase } from '../database.ts';
import { deployed, deployedYaml } from './deployed.ts';

const Panel = z.object({
  id: z.number(),
  type: z.enum(['stat', 'timeseries']),
  title: z.string().min(3),
  description: z.string().min(10),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().min(1) }) }),
  targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
});
const Dashboard = z.object({
  uid: z.literal('retort'),
  title: z.literal('Retort'),
  schemaVersion: z.number(),
  templating: z.object({ list: z.tuple([z.object({ name: z.literal('datasource'), type: z.literal('datasource') })]) }),
  panels: z.array(Panel),
});
const Rule = z.strictObject({
  alert: z.string().regex(/^Retort[A-Z]\w+$/),
  expr: z.string(),
  for: z.string().regex(/^\d+[mh]$/),
  labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.strictObject({ summary: z.string().min(10), description: z.string().min(20) }),
});
const Rules = z.strictObject({
  groups: z.tuple([z.strictObject({ name: z.literal('retort'), rules: z.array(Rule) })]),
});

const dashboard = Dashboard.parse(JSON.parse(deployed('grafana/retort.json')));
const rules = Rules.parse(deployedYaml('prometheus/retort-alerts.yml')[0]).groups[0].rules;
const queries = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr }))),
  ...rules.map(({ alert, expr }) => ({ title: alert, expr })),
];

/** What a query names: metrics and labels; throws where it is no PromQL. */
function readQuery(expr: string): { metrics: string[]; labels: string[] } {
  const text = expr.replaceAll('$__rate_interval', '5m');
  const found = { metrics: [] as string[], labels: [] as string[] };
  parser.parse(text).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${expr}`);
      const word = text.slice(from, to);
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector') found.metrics.push(word);
      if (type.name === 'LabelName') found.labels.push(word);
    },
  });
  return found;
}

let names: Set<string>;
let labels: Set<string>;

beforeAll(async () => {
  const database = await createTestDatabase();
  // One of everything, so that every label is seen.
  await database.pool.query(`insert into job_slot (job, slot_at, state, attempts, started_at, finished_at)
    values ('detect', now(), 'done', 1, now(), now())`);
  await database.pool.query(`insert into detection_gap (detection_id, window_end, reason, error, recorded_at)
    values ('no-night', now(), 'failed', 'x', now())`);
  const metrics = createMetrics({ pool: database.pool, now: () => Date.now() + 1_000, log: silentLog });
  metrics.detectionRan({ detection: 'no-night', ms: 700, outcome: 'failed' });
  metrics.batchAnswered('/v1/exchanges', 200);
  metrics.batchPutOff('rate', 1);
  metrics.requestRefused('command');
  metrics.batchCounted('/v1/exchanges', { accepted: 1, duplicates: 0, quarantined: 0 });
  const text = await metrics.text();
  names = new Set([...text.matchAll(/^([a-z]\w*)[{ ]/gm)].map(([, name = '']) => name));
  labels = new Set([...text.matchAll(/[{,]([a-z]\w*)="/g)].map(([, label = '']) => label));
  await database.drop();
});

describe('the dashboard and the alerts', () => {
  it('are written in PromQL, and name only metrics that Retort has', () => {
    const unknown = queries.flatMap(({ title, expr }) => {
      const { metrics } = readQuery(expr);
      expect([title, metrics.length]).not.toEqual([title, 0]);
      return metrics.filter((metric) => !names.has(metric)).map((metric) => `${title}: ${metric}`);
    });
    expect(unknown).toEqual([]);
  });

  it('name only labels that these have, or that Prometheus adds', () => {
    const unknown = queries.flatMap(({ title, expr }) =>
      readQuery(expr)
        .labels.filter((label) => !labels.has(label) && label !== 'instance')
        .map((label) => `${title}: ${label}`),
    );
    expect(unknown).toEqual([]);
    const written = [
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ legendFormat }) => legendFormat)),
      ...rules.map(({ annotations }) => annotations.description),
    ].flatMap((text) => [...text.matchAll(/\{\{\s*(?:\$labels\.)?([a-z]\w*)\s*\}\}/g)].map(([, label = '']) => label));
    expect(written).toContain('detection');
    expect(written.filter((label) => !labels.has(label) && label !== 'instance')).toEqual([]);
  });

  it('show everything that is Retort’s own', () => {
    const shown = dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => readQuery(expr).metrics));
    const own = [...names].filter((name) => name.startsWith('retort_')).filter((name) => !/_(sum|count)$/.test(name));
    expect(own.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it('have panels that lie beside each other, and a name for each rule', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const [index, { gridPos: a, title }] of panels.entries()) {
      expect([title, a.x + a.w <= 24]).toEqual([title, true]);
      for (const { gridPos: b } of panels.slice(index + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect([title, apart]).toEqual([title, true]);
      }
    }
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });
});

describe('readQuery', () => {
  it('refuses what is no PromQL', () => {
    expect(() => readQuery('sum by (x (retort_outbox_rows)')).toThrow('no PromQL');
    expect(readQuery('sum by (state) (rate(a_total{path="x"}[$__rate_interval]))')).toEqual({
      metrics: ['a_total'],
      labels: ['state', 'path'],
    });
  });
});
