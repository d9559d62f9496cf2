import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { ConfigError } from '../config-error.ts';
import { scrub } from '../log.ts';
import { InterruptedError } from './session.ts';
import { TLS_ADVICE } from './tls-advice.ts';

/** Where the program's words to people go; standard output belongs to the commands. */
export interface Edge {
  stderr: (text: string) => void;
  /** Whether to show where a fault came from. */
  debug: boolean;
}

/** Runs a command line and returns the exit status: 0 done, 1 failed, 2 wrong usage or configuration. */
export async function runProgram(program: Command, argv: readonly string[], { stderr, debug }: Edge): Promise<number> {
  // Commander's own exits become errors, for sub-commands too.
  for (const command of withSubCommands(program)) {
    command.exitOverride().showSuggestionAfterError(true).configureOutput({ writeErr: stderr });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (fault) {
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
    // Holds no values, and its examples of addresses must stay readable.
    if (fault instanceof ConfigError) stderr(`retort: ${fault.message}\n`);
    else stderr(`${scrub(describe(fault, debug))}\n`);
    return fault instanceof ConfigError ? 2 : 1;
  }
}

/** A command and all below it: `audit verify` too. */
function withSubCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubCommands)];
}

const ADVICE: Record<string, string> = {
  ...TLS_ADVICE,
  ECONNREFUSED: 'Nothing listens there: check DATABASE_URL, and that the server runs. retort doctor tells more.',
  ENOTFOUND: 'That host is not known: check DATABASE_URL. retort doctor tells more.',
  '28P01': 'The database refused the password: check DATABASE_URL.',
  '3D000': 'That database does not exist: create it, or check DATABASE_URL.',
  EADDRINUSE: 'That port is taken: check PORT and RETORT_INGEST_PORT, and that no other Retort runs here.',
  EACCES: 'Check who owns that file or directory.',
  ENOSPC: 'The disk is full.',
  DISK_SHORT:
    'Make room on it, or set RETORT_LEAST_DISK. What was loaded stays, and the same file can be loaded again: nothing is counted twice.',
  '53100':
    'The disk of the database is full: free some of it. What was loaded stays, and the same file can be loaded again: nothing is counted twice.',
};

function describe(fault: unknown, debug: boolean): string {
  if (!(fault instanceof Error)) return `retort: ${String(fault)}`;
  const { code = '' } = fault as { code?: string };
  // A refused connection to several addresses of one host has no message of its own.
  const what = fault.message === '' && fault instanceof AggregateError ? String(fault.errors[0]) : fault.message;
  const lines = [`retort: ${what}`, ...(code in ADVICE ? [ADVICE[code]] : [])];
  if (debug) {
    for (let cause: unknown = fault; cause instanceof Error; cause = cause.cause)
      lines.push(cause.stack ?? cause.message);
  } else if (!(code in ADVICE) && !(fault instanceof InterruptedError)) {
    lines.push('RETORT_LOG_LEVEL=debug shows where this comes from.');
  }
  return lines.join('\n');
}
