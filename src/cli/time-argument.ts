import { InvalidArgumentError } from 'commander';

/** A time on the command line as epoch milliseconds. */
export function timeArgument(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be a time such as 2026-06-01T00:00:00Z.');
  return at;
}
