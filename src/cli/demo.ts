import { Command, InvalidArgumentError } from 'commander';
import type { DemoOptions } from './demo/run-demo.ts';

/** A newcomer need not wait for the morning's digest, and finds what they did first in it. */
const DIGEST_AFTER_MINUTES = 2;
const MOST_DIGEST_MINUTES = 60;
const PORT = 3780;

export function demoCommand(): Command {
  return new Command('demo')
    .description('everything on this machine: a sandbox workspace in the browser, simulated traffic, a hidden campaign')
    .option('--port <number>', 'of the page; another one where it is taken', port, PORT)
    .option('--seed <text>', 'of the simulated traffic', '7')
    .option('--digest-after <minutes>', 'when the digest is due, from the start', minutes, DIGEST_AFTER_MINUTES)
    .action(async (options: DemoOptions) => (await import('./demo/run-demo.ts')).runDemo(options));
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new InvalidArgumentError('It must be a port.');
  return number;
}

function minutes(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > MOST_DIGEST_MINUTES) {
    throw new InvalidArgumentError(`It must be a whole number of minutes, ${MOST_DIGEST_MINUTES} at most.`);
  }
  return number;
}
