import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { deployed, unknownVariables } from './deployed.ts';

const Service = z.looseObject({
  image: z.string(),
  environment: z.record(z.string(), z.string()),
  volumes: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  entrypoint: z.array(z.string()).optional(),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })
  .loose()
  .parse(parseDocument(deployed('citus.yml'), { merge: true }).toJS());

/** As compose fills it in. */
const filledIn = (text: string) => text.replaceAll(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/g, 'f00d');
const service = (name: string) => services[name] ?? expect.fail(`there is no service ${name}`);
const workers = Object.keys(services).filter((name) => name.startsWith('worker-'));
const bots = Object.keys(services).filter((name) => name.startsWith('retort-'));

describe('citus.yml', () => {
  it('keeps every node in a volume of its own', () => {
    const nodes = ['coordinator', ...workers];
    expect(workers).toHaveLength(2);
    expect(nodes.map((name) => service(name).volumes)).toEqual(
      nodes.map((name) => [`${name}:/var/lib/postgresql/data`]),
    );
    expect(Object.keys(volumes).toSorted()).toEqual(nodes.toSorted());
  });

  it('makes every worker known to the coordinator once all are there', () => {
    const { entrypoint = [], depends_on: waits, image } = service('cluster');
    for (const name of workers) expect(entrypoint).toContain(`--command=select citus_add_node('${name}', 5432)`);
    expect(entrypoint).toContain(`--command=select citus_set_coordinator_host('coordinator', 5432)`);
    expect(Object.keys(waits ?? {}).toSorted()).toEqual(['coordinator', ...workers].toSorted());
    expect(image).toBe(service('coordinator').image);
  });

  it('starts two replicas on the coordinator, whose configuration can be read', () => {
    expect(bots).toHaveLength(2);
    for (const name of bots) {
      const { environment, depends_on: waits } = service(name);
      expect(waits).toEqual({ cluster: { condition: 'service_completed_successfully' } });
      expect(unknownVariables(Object.keys(environment))).toEqual([]);
      const filled = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, filledIn(value)]));
      expect(readConfig({ ...filled, RETORT_INGEST_TOKENS: 't'.repeat(32) }).databaseUrl).toBe(
        'postgres://retort:f00d@coordinator:5432/retort',
      );
    }
  });
});
