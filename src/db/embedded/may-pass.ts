import { StartError } from './postmaster.ts';

/**
 * Whether a fault comes of two starts at once, or of a port taken in between, so that looking again may help: among
 * them that the other one took our fresh server for an orphan and ended it before we had entered.
 */
export function mayPass(fault: unknown): boolean {
  if (fault instanceof StartError) {
    return /could not create any TCP\/IP sockets|lock file .* already exists|still in use/.test(fault.message);
  }
  const { code = '', message = '' } = fault as { code?: string; message?: string };
  // pg gives a connection that ends in mid-question, or between two, no code.
  if (/^(Connection terminated|Client (has encountered a connection error|was closed))/.test(message)) return true;
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03'].includes(code);
}
