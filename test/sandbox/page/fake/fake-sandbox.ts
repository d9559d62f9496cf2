import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Act, Message, Outcome, PageEvent, Say, Submit, View, Workspace } from '../../../../sandbox/page-api.ts';
import { alertMessage } from './alert-message.ts';
import { banModal, detailModal, homeView } from './views.ts';
import { fakeWorkspace } from './workspace.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

export interface FakeSandbox {
  url: string;
  /** What the page posted, oldest first. */
  posts: { path: string; body: Say & Act & Submit }[];
  emit: (event: PageEvent) => void;
  /** Cuts every stream of events, as a restart would. */
  cut: () => void;
  /** Opens a second modal on top. */
  pushDetail: (user: string) => void;
  /** Puts a message into the history without an event. */
  write: (message: Message) => void;
  close: () => Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/** The server's side of the page's interface, small and obedient, with the built page of a folder. */
export async function startFakeSandbox(pageFolder: string, now: Date): Promise<FakeSandbox> {
  const workspace: Workspace = structuredClone(fakeWorkspace);
  const streams = new Set<ServerResponse>();
  const posts: FakeSandbox['posts'] = [];
  const base = Math.floor(now.getTime() / 1000) - 3600;
  let clock = 0;
  let views: View[] = [];
  const stamp = () => `${base + (clock += 30)}.000100`;
  const root = alertMessage(stamp());
  const reply = (user: string, text: string): Message => ({
    ts: stamp(),
    channel: 'CALERT',
    user,
    text,
    thread_ts: root.ts,
  });
  const messages: Message[] = [
    root,
    reply('UBOT', 'Alerted: *first*. Two families of evidence (`content`, `payment`).'),
    reply('UBEN', 'Looking at it now, <@UADA>'),
    { ts: stamp(), channel: 'CGEN', user: 'UMEI', text: 'Good morning :wave:' },
  ];

  const emit = (event: PageEvent) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const post = (message: Omit<Message, 'ts'>) => {
    const full = { ...message, ts: stamp() };
    if (full.ephemeral_for === undefined) messages.push(full);
    emit({ type: 'message', message: full });
  };
  const stack = (user: string, next: View[]) => {
    views = next;
    emit({ type: 'view_stack', user, views });
  };

  const say = ({ user, channel, text, thread_ts }: Say): Outcome => {
    if (text === '/campaign crash') return { ok: false, error: '/campaign failed with the error "operation_timeout"' };
    if (text.startsWith('/')) post({ channel, user: 'UBOT', text: `You asked: \`${text}\``, ephemeral_for: user });
    else post({ channel, user, text, ...(thread_ts ? { thread_ts } : {}) });
    return { ok: true };
  };
  const act = ({ user, action }: Act): Outcome => {
    if (action.action_id === 'review') stack(user, [banModal]);
    if (action.action_id === 'dismiss') {
      const changed = {
        ...root,
        text: 'C-12 dismissed',
        blocks: [{ type: 'section', block_id: 'd', text: { type: 'mrkdwn', text: `C-12 dismissed by <@${user}>` } }],
      };
      emit({ type: 'message_changed', message: { ...changed, edited: { ts: stamp() } } });
    }
    return { ok: true };
  };
  const submit = ({ user, state }: Submit): Outcome => {
    const reason = String(state['reason']?.['text']?.['value']);
    if (reason.length < 10) return { ok: false, errors: { reason: 'Say more: the approver was not there.' } };
    stack(user, []);
    return { ok: true };
  };

  const read = (path: string, query: URLSearchParams): unknown => {
    const user = query.get('user') ?? '';
    if (path === '/page/workspace') return workspace;
    if (path === '/page/home') return homeView(workspace.people.find(({ id }) => id === user)?.real_name ?? '?');
    const thread = query.get('thread_ts');
    const here = messages.filter(({ channel }) => channel === query.get('channel'));
    return here.filter(({ ts, thread_ts }) =>
      thread ? ts === thread || thread_ts === thread : thread_ts === undefined,
    );
  };
  const answerPost = async (path: string, request: IncomingMessage): Promise<unknown> => {
    const body = (await readBody(request)) as Say & Act & Submit;
    posts.push({ path, body });
    if (path === '/page/say') return say(body);
    if (path === '/page/act') return act(body);
    if (path === '/page/submit') return submit(body);
    stack(
      body.user,
      views.filter(({ id }) => id !== body.view_id),
    );
    return { ok: true };
  };
  const stream = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 100\n\n');
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };
  const serveFile = async (path: string, response: ServerResponse) => {
    const file = join(pageFolder, normalize(path === '/' ? '/index.html' : path));
    const body = await readFile(file).catch(() => null);
    response
      .writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
      .end(body ?? 'not found');
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const json = (body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/page/events') stream(response);
    else if (request.method === 'POST') void answerPost(pathname, request).then(json);
    else if (pathname.startsWith('/page/')) json(read(pathname, searchParams));
    else void serveFile(pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => streams.forEach((response) => response.destroy());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    emit,
    cut,
    pushDetail: (user) => stack(user, [...views, detailModal]),
    write: (message) => messages.push(message),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
