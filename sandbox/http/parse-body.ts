import type { IncomingMessage } from 'node:http';
import { isObject } from '../block-kit/shape.ts';
import { urlOf } from './url-of.ts';

export type Body = { ok: true; values: Record<string, unknown> } | { ok: false; error: string };

/** Slack takes no larger request; the errors are its own words. */
const maxBytes = 10_000_000;

/** The whole body; rejects above 10 MB. */
async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`request body above ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Says so in its headers: what another site's form cannot, so it cannot act for a person here. */
export function isJson(req: IncomingMessage): boolean {
  return req.headers['content-type']?.startsWith('application/json') ?? false;
}

/** Query, form or JSON object as one record. */
export async function parseBody(req: IncomingMessage): Promise<Body> {
  const query = Object.fromEntries(urlOf(req).searchParams);
  const bytes = await readBody(req);
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (bytes.length === 0) return { ok: true, values: query };
  if (type === 'application/x-www-form-urlencoded') {
    return { ok: true, values: { ...query, ...Object.fromEntries(new URLSearchParams(bytes.toString())) } };
  }
  if (type !== 'application/json') return { ok: false, error: 'invalid_post_type' };
  try {
    const values: unknown = JSON.parse(bytes.toString());
    return isObject(values) ? { ok: true, values: { ...query, ...values } } : { ok: false, error: 'json_not_object' };
  } catch {
    return { ok: false, error: 'invalid_json' };
  }
}

/** A file's bytes: the raw body, or the first part of a multipart form. */
export async function readUpload(req: IncomingMessage): Promise<Buffer> {
  const bytes = await readBody(req);
  const type = req.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const part = [...form.values()][0];
  if (part === undefined) return Buffer.alloc(0);
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}
