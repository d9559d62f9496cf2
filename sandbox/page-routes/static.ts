import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { sendText } from '../http/respond.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The page asks nobody but the sandbox for anything, whatever a message contains. */
const policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/** Sends a file of the built page; an address without an ending gets the page itself. */
export async function sendStatic(dir: string | undefined, path: string, res: ServerResponse): Promise<void> {
  if (dir === undefined) return sendText(res, 404, 'No page was built.');
  const wanted = extname(path) === '' ? 'index.html' : decoded(path);
  const file = wanted === undefined ? undefined : normalize(join(dir, wanted));
  if (file === undefined || !file.startsWith(normalize(dir + sep))) return sendText(res, 404, 'Not found');
  try {
    const bytes = await readFile(file);
    const type = types[extname(file)] ?? 'application/octet-stream';
    res.writeHead(200, {
      'content-type': type,
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
    });
    res.end(bytes);
  } catch {
    sendText(res, 404, 'Not found');
  }
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
