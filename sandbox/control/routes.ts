import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJson, parseBody } from '../http/parse-body.ts';
import { sendJson } from '../http/respond.ts';
import type { Control } from './control.ts';

/** `POST /control/<method>` with `{"args": [...]}`: the same as calling it. Answers `{ok, result}`. */
export async function answerControl(
  control: Control,
  name: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const methods: Record<string, (...args: never[]) => unknown> = { ...control };
  // A function cannot come over HTTP.
  delete methods.until;
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  const body = await parseBody(req);
  const args = body.ok ? (body.values.args ?? []) : undefined;
  if (req.method !== 'POST' || !isJson(req) || !method || !Array.isArray(args)) {
    sendJson(res, 404, { ok: false, error: 'expected POST /control/<method> {"args": []}' });
    return;
  }
  try {
    sendJson(res, 200, { ok: true, result: (await method(...(args as never[]))) ?? null });
  } catch (error) {
    sendJson(res, 400, { ok: false, error: error instanceof Error ? error.message : 'failed' });
  }
}
