import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapters } from '../../src/ingest/adapters/registry.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { readDocuments, ROOT } from './documents.ts';

const documents = readDocuments();
const page = documents.find(({ file }) => file === 'docs/architecture.md')?.text ?? '';

/** The text of every file in a folder, one after the other. */
function textOf(folder: string): string {
  const directory = path.join(ROOT, folder);
  return readdirSync(directory)
    .map((file) => readFileSync(path.join(directory, file), 'utf8'))
    .join('\n');
}

describe('docs/architecture.md', () => {
  it('has a row for every detection, with its family and role', () => {
    const missing = DETECTIONS.filter(({ id, family, role }) => !page.includes(`| \`${id}\` | ${family} | ${role} |`));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('has a row for every job', () => {
    const jobs = [...textOf('src/jobs').matchAll(/defineJob\(\{\s*name: '([\w-]+)'/g)].map(([, job = '']) => job);
    expect(jobs).toContain('detect');
    expect(jobs.filter((job) => !page.includes(`| \`${job}\` |`))).toEqual([]);
  });

  it('names every table of the database', () => {
    const tables = [...textOf('src/db/migrations').matchAll(/^create table (\w+)/gm)].map(([, table = '']) => table);
    expect(tables).toContain('exchange');
    expect(tables.filter((table) => !page.includes(`\`${table}\``))).toEqual([]);
  });
});

describe('docs/ingest.md', () => {
  const ingest = documents.find(({ file }) => file === 'docs/ingest.md')?.text ?? '';

  it('has a row for every format, and the README names them', () => {
    const readme = documents.find(({ file }) => file === 'README.md')?.text ?? '';
    const missing = adapters.filter(
      ({ name }) => !ingest.includes(`| \`${name}\` |`) || !readme.includes(`\`${name}\``),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

describe('docs/monitoring.md', () => {
  it('has a row for every alert', () => {
    const monitoring = documents.find(({ file }) => file === 'docs/monitoring.md')?.text ?? '';
    const rules = readFileSync(path.join(ROOT, 'deploy/prometheus/retort-alerts.yml'), 'utf8');
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, alert = '']) => alert);
    expect(alerts).toContain('RetortGone');
    expect(alerts.filter((alert) => !monitoring.includes(`| \`${alert}\` |`))).toEqual([]);
  });
});
