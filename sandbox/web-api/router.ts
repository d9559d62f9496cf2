import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiCall } from '../call-log.ts';
import type { Core } from '../core.ts';
import { parseBody } from '../http/parse-body.ts';
import { sendJson } from '../http/respond.ts';
import { RateLimited, SlackError } from '../slack-error.ts';
import { appMethods } from './app-methods.ts';
import { Arguments } from './arguments.ts';
import { authenticate } from './authenticate.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { failAfter, failBefore } from './fail.ts';
import { fileMethods } from './file-methods.ts';
import { type Method, needScope } from './method.ts';
import { reactionMethods } from './reactions.ts';
import { usergroupMethods } from './usergroups.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './view-methods.ts';

const methods: Record<string, Method> = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...reactionMethods,
  ...usergroupMethods,
  ...userMethods,
  ...viewMethods,
};

/** Answers one call of `/api/<method>`. */
export async function answerApi(core: Core, name: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await parseBody(req);
  const fault = core.faults.take(name);
  const args = body.ok ? body.values : {};
  const call: ApiCall = { method: name, args, at: core.now(), answer: null, settled: false };
  core.calls.api.push(call);
  if (fault && failBefore(fault, res)) {
    settle(core, call);
    return;
  }
  const reply = body.ok ? attempt(core, name, req, args) : refuse(new SlackError(body.error));
  call.answer = reply.answer;
  settle(core, call);
  if (fault && failAfter(fault, res)) return;
  const scopes = { 'x-oauth-scopes': [...core.manifest.scopes].join(',') };
  if (reply.retryAfter === undefined) sendJson(res, 200, reply.answer, scopes);
  else sendJson(res, 429, reply.answer, { ...scopes, 'retry-after': String(reply.retryAfter) });
}

function settle(core: Core, call: ApiCall): void {
  call.settled = true;
  core.feed.touch();
}

interface Reply {
  answer: Record<string, unknown>;
  retryAfter?: number;
}

function attempt(core: Core, name: string, req: IncomingMessage, values: Record<string, unknown>): Reply {
  try {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    const { token, ...rest } = values;
    authenticate(core, method, req.headers.authorization, token);
    for (const scope of method.scopes ?? []) needScope(core, scope);
    return { answer: { ok: true, ...method.run({ core, args: new Arguments(rest) }) } };
  } catch (error) {
    if (error instanceof SlackError) return refuse(error);
    throw error;
  }
}

function refuse(error: SlackError): Reply {
  const answer = { ok: false, error: error.code, ...error.detail };
  return error instanceof RateLimited ? { answer, retryAfter: error.retryAfter } : { answer };
}
