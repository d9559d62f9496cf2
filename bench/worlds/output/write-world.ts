import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { iso } from '../people/accounts.ts';
import type { Withheld } from '../scenarios.ts';
import type { World } from '../world.ts';
import { accountLines } from './account-lines.ts';
import { exchangeLines } from './exchange-lines.ts';
import { campaignTruths, lookAlikeTruths, type Truth } from './truth.ts';

export interface Written {
  accounts: string;
  exchanges: string;
  releases: string;
  truth: Truth;
}

/** Writes a world's four files into a folder, and returns the files' names and the truth. */
export async function writeWorld(world: World, folder: string, gzip: boolean): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const { setting, groups, scenario } = world;
  const without: readonly Withheld[] = world.without;
  const file = (name: string) => path.join(folder, `${name}.ndjson${gzip ? '.gz' : ''}`);
  const write = async (name: string, lines: Iterable<string>) => {
    const to = createWriteStream(file(name));
    await (gzip
      ? pipeline(Readable.from(chunks(lines)), createGzip({ level: 4 }), to)
      : pipeline(Readable.from(chunks(lines)), to));
  };
  const accounts = accountLines(world.random.fork('account lines'), groups, without);
  await write(
    'accounts',
    accounts.map((line) => JSON.stringify(line)),
  );
  await write(
    'releases',
    setting.models.map(({ name, releasedAt }) => JSON.stringify({ model: name, released_at: iso(releasedAt) })),
  );
  const counts = { exchanges: 0, duplicates: 0, malformed: 0, late: 0 };
  await write('exchanges', exchangeLines(world, counts));
  const truth: Truth = {
    scenario: scenario.name,
    description: scenario.description,
    seed: world.seed,
    start_at: iso(setting.start),
    end_at: iso(setting.end),
    ...counts,
    accounts: groups.reduce((sum, { members }) => sum + members.length, 0),
    campaigns: campaignTruths(setting, groups, counts.exchanges),
    lookalikes: lookAlikeTruths(groups),
    must_not_alert: scenario.campaigns.length === 0,
  };
  await writeFile(path.join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`);
  return { accounts: file('accounts'), exchanges: file('exchanges'), releases: file('releases'), truth };
}

/** Lines joined into pieces that are worth a write. */
function* chunks(lines: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length > 200_000) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}
