// Asks the registry for known weaknesses of what Retort runs on, and fails for those that are high or critical. Where the
// registry does not answer that question, as behind a mirror, it says so and passes: that is no fault of the change.
import { spawnSync } from 'node:child_process';

const PATIENCE_MS = 120_000;

const words = ['audit', '--omit=dev', '--audit-level=high', '--json'];
const { stdout, error } = spawnSync('npm', words, { encoding: 'utf8', timeout: PATIENCE_MS, maxBuffer: 1 << 26 });
const report = read(stdout);
const counts = report?.metadata?.vulnerabilities;
// npm tells of a request that failed by its message; what is wrong on our side, such as no lockfile, has a code.
const unasked = typeof report?.message === 'string' && report.error?.code === undefined;

if (counts !== undefined) {
  const found = Object.values(report.vulnerabilities).filter(({ severity }) => ['high', 'critical'].includes(severity));
  for (const { name, range, severity } of found) say(`${name} ${range} has a weakness that is ${severity}`);
  if (found.length === 0) say(`no weakness that is high or critical, ${counts.total} that are less`);
  process.exitCode = found.length === 0 ? 0 : 1;
} else if (unasked || error?.code === 'ETIMEDOUT') {
  const why = report?.statusCode ?? /reason: .*?\b(E[A-Z_]+)\b/.exec(report?.message ?? '')?.[1] ?? 'no answer';
  say(`NOT DONE, the registry answers no audits (${why}): nothing is known of weaknesses`);
} else {
  say(`failed: ${report?.error?.summary ?? error?.message ?? 'npm said nothing that can be read'}`);
  process.exitCode = 1;
}

function say(text) {
  process.stdout.write(`audit: ${text}\n`);
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
