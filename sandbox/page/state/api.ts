import type { Act, Message, Outcome, Say, Submit, Suggest, Suggestions, View, Workspace } from '../../page-api.ts';

/** The page's calls to the sandbox's server; each rejects with an `Error` when the server is away. */
export interface Api {
  workspace: () => Promise<Workspace>;
  messages: (where: { user: string; channel: string; thread?: string }) => Promise<Message[]>;
  home: (user: string) => Promise<View | null>;
  say: (body: Say) => Promise<Outcome>;
  act: (body: Act) => Promise<Outcome>;
  submit: (body: Submit) => Promise<Outcome>;
  close: (body: Submit) => Promise<Outcome>;
  suggest: (body: Suggest) => Promise<Suggestions>;
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}`);
  return (await response.json()) as T;
}

/** Posts, and turns a failed connection into an outcome that says so. */
async function post<T extends Outcome>(path: string, body: object): Promise<T> {
  try {
    const headers = { 'content-type': 'application/json' };
    return await read<T>(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
  } catch (fault) {
    const error = fault instanceof Error ? fault.message : String(fault);
    return { ok: false, error: `The sandbox could not be reached (${error}). Is it still running?` } as T;
  }
}

const get = async <T>(path: string): Promise<T> => read<T>(await fetch(path));

/** The API of the server that served the page. */
export const api: Api = {
  workspace: () => get('/page/workspace'),
  messages: ({ user, channel, thread }) =>
    get(`/page/messages?${new URLSearchParams({ user, channel, ...(thread ? { thread_ts: thread } : {}) })}`),
  home: (user) => get(`/page/home?${new URLSearchParams({ user })}`),
  say: (body) => post('/page/say', body),
  act: (body) => post('/page/act', body),
  submit: (body) => post('/page/submit', body),
  close: (body) => post('/page/close', body),
  suggest: (body) => post('/page/suggest', body),
};
