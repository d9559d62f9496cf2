import type { Core } from '../core.ts';
import { SlackError } from '../slack-error.ts';
import type { Method } from './method.ts';

/** Checks the token from the header or the form; throws `not_authed`, `invalid_auth`, `not_allowed_token_type`. */
export function authenticate(core: Core, method: Method, header: string | undefined, inForm: unknown): void {
  if (method.token === 'none') return;
  const inHeader = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
  const token = inHeader ?? (typeof inForm === 'string' && inForm !== '' ? inForm : undefined);
  if (token === undefined) throw new SlackError('not_authed');
  const { bot, app } = core.tokens;
  if (token !== bot && token !== app) throw new SlackError('invalid_auth');
  if (token !== (method.token === 'app' ? app : bot)) throw new SlackError('not_allowed_token_type');
}
