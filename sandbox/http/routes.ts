import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from '../control/control.ts';
import { answerControl } from '../control/routes.ts';
import type { Core } from '../core.ts';
import { applyResponse } from '../interactions/respond.ts';
import { answerPage } from '../page-routes/routes.ts';
import { sendStatic } from '../page-routes/static.ts';
import type { PeopleActions } from '../people-actions.ts';
import { SlackError } from '../slack-error.ts';
import { answerApi } from '../web-api/router.ts';
import { isLoopback } from './loopback.ts';
import { parseBody, readUpload } from './parse-body.ts';
import { sendJson, sendText } from './respond.ts';
import { urlOf } from './url-of.ts';

export interface Site {
  core: Core;
  people: PeopleActions;
  control: Control;
  pageDir: string | undefined;
}

/** Answers any request to the sandbox. */
export async function answer(site: Site, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { core } = site;
  const { pathname } = urlOf(req);
  const [, area, name = ''] = pathname.split('/');
  switch (area) {
    case 'api':
      return answerApi(core, name, req, res);
    case 'response':
      return answerResponseUrl(core, name, req, res);
    case 'upload':
      return takeUpload(core, name, req, res);
  }
  if (!isLoopback(req)) return sendText(res, 403, 'Only from this machine');
  switch (area) {
    case 'files':
      return sendFile(core, name, res);
    case 'control':
      return answerControl(site.control, name, req, res);
    case 'page':
      if (!(await answerPage(core, site.people, req, res))) sendText(res, 404, 'Not found');
      return undefined;
    default:
      return sendStatic(site.pageDir, pathname, res);
  }
}

async function answerResponseUrl(core: Core, token: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await parseBody(req);
  const use = core.responseUrls.use(token);
  if (!use.ok) return sendJson(res, 404, { ok: false, error: use.error });
  try {
    applyResponse(core, use.target, body.ok ? body.values : undefined);
    sendText(res, 200, 'ok');
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    core.calls.complain('response_url', error.reasons);
    sendJson(res, 200, { ok: false, error: error.code, ...error.detail });
  }
}

async function takeUpload(core: Core, id: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const bytes = await readUpload(req);
  if (core.files.receive(id, bytes)) sendText(res, 200, `OK - ${bytes.length}`);
  else sendText(res, 400, 'unknown upload, or another length than announced');
}

function sendFile(core: Core, id: string, res: ServerResponse): void {
  const found = core.files.read(id);
  if (!found) return sendText(res, 404, 'Not found');
  const name = encodeURIComponent(found.file.name);
  res.writeHead(200, {
    'content-type': found.file.mimetype,
    // Never rendered: a file holds what the app, or somebody through it, put there.
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
  });
  res.end(found.bytes);
}
