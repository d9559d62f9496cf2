import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What npm asks for all packages at once. */
const BULK = '/-/npm/v1/security/advisories/bulk';

const weakness = (severity: string) => ({
  id: 1,
  url: 'https://advisories.example/1',
  title: 'A weakness made up for this test',
  severity,
  vulnerable_versions: '*',
  cwe: [],
  cvss: { score: 0, vectorString: null },
});

/** A registry that answers audits so; undefined: that refuses them. */
async function registry(advisories: Record<string, unknown[]> | undefined): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const known = request.url === BULK && advisories !== undefined;
    response.writeHead(known ? 200 : request.method === 'POST' ? 405 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? advisories : {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs what CI runs, against this registry. */
async function audit(url: string, { lock = true } = {}) {
  const folder = await temporaryDirectory();
  await copyFile(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  if (lock) await copyFile(path.join(ROOT, 'package-lock.json'), path.join(folder, 'package-lock.json'));
  // Nothing of the machine's own settings.
  await writeFile(path.join(folder, 'npmrc'), `registry=${url}\nfetch-retries=0\n`);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    npm_config_userconfig: path.join(folder, 'npmrc'),
    npm_config_globalconfig: path.join(folder, 'none'),
    npm_config_cache: path.join(folder, 'cache'),
  };
  return new Promise<{ status: number; out: string }>((resolve) => {
    execFile(process.execPath, [path.join(ROOT, '.ci/audit.mjs')], { cwd: folder, env }, (fault, out) =>
      resolve({ status: fault === null ? 0 : Number(fault.code), out }),
    );
  });
}

describe('the audit of dependencies', { timeout: 120_000 }, () => {
  it('passes where nothing is known', async () => {
    const { status, out } = await audit(await registry({}));
    expect({ status, out }).toEqual({
      status: 0,
      out: 'audit: no weakness that is high or critical, 0 that are less\n',
    });
  });

  it('passes what is moderate, and what the tests alone need', async () => {
    const known = { pg: [weakness('moderate')], vitest: [weakness('critical')] };
    const { status, out } = await audit(await registry(known));
    expect(status).toBe(0);
    expect(out).toMatch(/no weakness that is high or critical, [1-9]/);
  });

  it('fails for what is high, and names it', async () => {
    const { status, out } = await audit(await registry({ ws: [weakness('high')] }));
    expect(status).toBe(1);
    expect(out).toMatch(/audit: ws .* has a weakness that is high/);
  });

  it('passes where the registry answers no audits, and says aloud that nothing is known', async () => {
    const refused = await audit(await registry(undefined));
    expect(refused).toEqual({
      status: 0,
      out: expect.stringContaining('NOT DONE, the registry answers no audits (405)'),
    });
    const silent = await audit('http://127.0.0.1:1');
    expect(silent).toEqual({ status: 0, out: expect.stringContaining('answers no audits (ECONNREFUSED)') });
  });

  it('fails where it could not be done for a fault of ours', async () => {
    const { status, out } = await audit(await registry({}), { lock: false });
    expect({ status, out }).toEqual({ status: 1, out: expect.stringContaining('failed: This command requires') });
  });
});
