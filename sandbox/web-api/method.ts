import type { Core } from '../core.ts';
import { SlackError } from '../slack-error.ts';
import type { Arguments } from './arguments.ts';

interface Call {
  core: Core;
  args: Arguments;
}

/** One Web API method. */
export interface Method {
  /** Default: a bot token. */
  token?: 'app' | 'none';
  /** Scopes that every call needs; those that depend on a channel are checked in `run`. */
  scopes?: string[];
  /** What is in the answer beside `ok`. Throws `SlackError`. */
  run(call: Call): Record<string, unknown>;
}

/** Throws `missing_scope` unless the manifest has the scope. */
export function needScope(core: Core, scope: string): void {
  if (core.manifest.scopes.has(scope)) return;
  throw new SlackError('missing_scope', { needed: scope, provided: [...core.manifest.scopes].join(',') });
}
