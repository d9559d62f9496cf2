import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { migrate, SchemaError, schemaState } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

const databases: TestDatabase[] = [];
const emptyDatabase = async () => {
  const database = await createTestDatabase({ empty: true });
  databases.push(database);
  return database;
};
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

describe('migrate', () => {
  it('makes the schema once, and nothing the second time', async () => {
    const { url, pool } = await emptyDatabase();
    expect((await schemaState(pool)).missing).toContain('0001_schema');
    expect(await migrate(url, silentLog)).toContain('0001_schema');
    expect(await migrate(url, silentLog)).toEqual([]);
    expect(await schemaState(pool)).toEqual({ missing: [], unknown: [] });
    await expect(pool.query('select from campaign')).resolves.toBeDefined();
  });

  it('lets several processes migrate at once', async () => {
    const { url } = await emptyDatabase();
    const done = await Promise.all([migrate(url, silentLog), migrate(url, silentLog), migrate(url, silentLog)]);
    expect(done.filter((names) => names.length > 0)).toHaveLength(1);
  });

  it('leaves the old schema when a file fails, and says which', async () => {
    const { url, pool } = await emptyDatabase();
    const directory = await migrations({
      '0001_one.sql': 'create table one ();',
      '0002_two.sql': 'create tabel two ();',
    });
    await expect(migrate(url, silentLog, directory)).rejects.toThrow(/0002_two: syntax error/);
    const { rows } = await pool.query(`select to_regclass('one') as one`);
    expect(rows).toEqual([{ one: null }]);
  });

  it('refuses a database that is newer than the program', async () => {
    const { url } = await emptyDatabase();
    const newer = await migrations({ '0001_one.sql': 'create table one ();', '0002_two.sql': 'create table two ();' });
    await migrate(url, silentLog, newer);
    const older = await migrations({ '0001_one.sql': 'create table one ();' });
    const refusal = migrate(url, silentLog, older);
    await expect(refusal).rejects.toThrow(SchemaError);
    await expect(refusal).rejects.toThrow(/newer than this program: it holds 0002_two/);
  });
});

async function migrations(files: Record<string, string>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [name, up] of Object.entries(files))
    await writeFile(path.join(directory, name), `-- Up Migration\n${up}\n`);
  return directory;
}
