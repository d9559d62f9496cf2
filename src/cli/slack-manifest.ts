import { readFile } from 'node:fs/promises';
import { parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { packageFile } from '../package-file.ts';

const Manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** The Slack app's manifest: its text in YAML, and the scopes that it asks for. */
export async function readManifest(): Promise<{ text: string; scopes: string[] }> {
  const text = await readFile(packageFile('manifest.yml'), 'utf8');
  return { text, scopes: Manifest.parse(parse(text)).oauth_config.scopes.bot };
}

/** The manifest of an app that Slack speaks to over HTTP at this address, not over a socket. */
export function overHttp(manifest: string, requestUrl: string): string {
  const document = parseDocument(manifest);
  document.setIn(['features', 'slash_commands', 0, 'url'], requestUrl);
  document.setIn(['settings', 'interactivity', 'request_url'], requestUrl);
  document.setIn(['settings', 'event_subscriptions', 'request_url'], requestUrl);
  document.setIn(['settings', 'socket_mode_enabled'], false);
  return document.toString({ lineWidth: 0 });
}

/** Opened in a browser, it shows the app as it will be, and makes it in the workspace that is chosen there. */
export function creationLink(manifest: string): string {
  return `https://api.slack.com/apps?new_app=1&manifest_yaml=${encodeURIComponent(manifest)}`;
}
