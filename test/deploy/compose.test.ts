import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config.ts';
import { deployed, deployedYaml, ROOT, unknownVariables, variablesOf } from './deployed.ts';

const Compose = z.strictObject({
  name: z.string(),
  services: z.strictObject({
    database: z.strictObject({
      image: z.string(),
      restart: z.string(),
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()),
      shm_size: z.string(),
      healthcheck: z.strictObject({
        test: z.array(z.string()),
        interval: z.string(),
        timeout: z.string(),
        retries: z.number(),
        start_period: z.string(),
      }),
    }),
    retort: z.strictObject({
      build: z.strictObject({ context: z.literal('..'), dockerfile: z.literal('deploy/Dockerfile') }),
      image: z.string(),
      init: z.literal(true),
      restart: z.string(),
      depends_on: z.strictObject({ database: z.strictObject({ condition: z.literal('service_healthy') }) }),
      env_file: z.literal('.env'),
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()),
      read_only: z.literal(true),
      tmpfs: z.tuple([z.literal('/tmp')]),
      cap_drop: z.tuple([z.literal('ALL')]),
      security_opt: z.tuple([z.literal('no-new-privileges:true')]),
      stop_grace_period: z.literal('15s'),
    }),
  }),
  volumes: z.strictObject({ database: z.null() }),
});

const [compose] = deployedYaml('compose.yml').map((document) => Compose.parse(document));
const { database, retort } = compose?.services ?? expect.fail('compose.yml is empty');

/** As compose fills it in. */
const filledIn = (text: string) => text.replaceAll(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/g, 'f00d');

describe('compose.yml', () => {
  it('has a PostgreSQL that Retort can use, kept in a volume', () => {
    expect(database.image).toMatch(/^postgres:17-/);
    expect(database.volumes).toEqual(['database:/var/lib/postgresql/data']);
    const { POSTGRES_USER: user, POSTGRES_DB: name, POSTGRES_PASSWORD: password = '' } = database.environment;
    const url = `postgres://${user}:${password}@database:5432/${name}`;
    expect(retort.environment['DATABASE_URL']).toBe(url);
    expect(database.healthcheck.test).toEqual(expect.arrayContaining([`--username=${user}`, `--dbname=${name}`]));
  });

  it('starts a Retort whose configuration can be read, and shows its ports to this machine alone', () => {
    expect(unknownVariables(Object.keys(retort.environment))).toEqual([]);
    const environment = Object.fromEntries(
      Object.entries(retort.environment).map(([name, value]) => [name, filledIn(value)]),
    );
    const config = readConfig({ ...environment, RETORT_INGEST_TOKENS: 't'.repeat(32) });
    expect(config.databaseUrl).toBe('postgres://retort:f00d@database:5432/retort');
    const ports = [config.ingest?.port, config.healthPort];
    expect(retort.ports).toEqual(ports.map((port) => `127.0.0.1:${port}:${port}`));
  });
});

describe('retort.env.example', () => {
  const text = deployed('retort.env.example');

  it('names variables that Retort reads, and the password of compose’s database', () => {
    const names = variablesOf(text);
    expect(names).toEqual(expect.arrayContaining(['SLACK_BOT_TOKEN', 'RETORT_FINGERPRINT_KEY', 'DATABASE_URL']));
    expect(unknownVariables(names)).toEqual(['POSTGRES_PASSWORD']);
  });

  it('holds no secret, and what is made of it is not taken into the repository', () => {
    for (const [, value = ''] of text.matchAll(/^(?:SLACK_\w+|RETORT_FINGERPRINT_KEY|POSTGRES_PASSWORD)=(.*)$/gm)) {
      expect(value).toBe('');
    }
    expect(readFileSync(path.join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('.env');
  });
});
