import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { isJson, parseBody } from '../http/parse-body.ts';
import { sendJson } from '../http/respond.ts';
import { urlOf } from '../http/url-of.ts';
import { shown } from '../messages.ts';
import type { Act, InputState, Message, Say, Submit, Suggest } from '../page-api.ts';
import type { PeopleActions } from '../people-actions.ts';
import { streamEvents } from './sse.ts';

/** Answers `/page/…`; false when there is no such route. */
export async function answerPage(
  core: Core,
  people: PeopleActions,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams } = urlOf(req);
  const user = searchParams.get('user') ?? '';
  const channel = searchParams.get('channel') ?? '';
  switch (`${req.method} ${pathname}`) {
    case 'GET /page/workspace':
      sendJson(res, 200, core.workspace.view());
      return true;
    case 'GET /page/messages':
      sendJson(res, 200, messages(core, user, channel, searchParams.get('thread_ts')));
      return true;
    case 'GET /page/home':
      sendJson(res, 200, people.openHome(user).view);
      return true;
    case 'GET /page/events':
      streamEvents(core, user, req, res);
      return true;
    default:
      return answerPost(people, pathname, req, res);
  }
}

function messages(core: Core, user: string, channel: string, thread: string | null): Message[] {
  if (!core.workspace.mayRead(user, channel)) return [];
  const found = thread === null ? core.messages.roots(channel) : core.messages.thread(channel, thread);
  return found.map(shown);
}

async function answerPost(
  people: PeopleActions,
  pathname: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  const answers: Record<string, (input: unknown) => Promise<unknown>> = {
    '/page/say': (input) => people.say(input as Say),
    '/page/act': (input) => people.act(withState(input as Stateless<Act>)),
    '/page/submit': (input) => people.submit(withState(input as Stateless<Submit>)),
    '/page/close': (input) => people.closeView(withState(input as Stateless<Submit>)),
    '/page/suggest': (input) => people.suggest(input as Suggest),
  };
  const answer = req.method === 'POST' && Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
  if (!answer) return false;
  const body = await parseBody(req);
  if (isJson(req) && body.ok) sendJson(res, 200, await answer(body.values));
  else sendJson(res, 400, { ok: false, error: 'expected a JSON object' });
  return true;
}

/** Older pages and scripts may leave the state out. */
function withState<T extends { state?: InputState }>(input: T): T & { state: InputState } {
  return { ...input, state: input.state ?? {} };
}

type Stateless<T> = Omit<T, 'state'> & { state?: InputState };
