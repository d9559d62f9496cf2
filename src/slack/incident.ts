import { randomBytes } from 'node:crypto';
import type { Log } from '../log.ts';

/** Logs a fault and returns the id under which the log has it, e.g. `R-7F3K2MQA`: what a person is shown. */
export function reportIncident(log: Log, fault: unknown, where: Record<string, unknown>): string {
  const incident = `R-${toLetters(randomBytes(8))}`;
  log.error({ incident, ...where, err: fault }, 'a fault reached a person');
  return incident;
}

/** Without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

function toLetters(bytes: Buffer): string {
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
