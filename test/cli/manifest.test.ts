import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageFile } from '../../src/package-file.ts';
import { runRetort } from './run-retort.ts';

const HttpManifest = z.object({
  features: z.object({ slash_commands: z.tuple([z.looseObject({ url: z.string() })]) }),
  settings: z.looseObject({
    interactivity: z.looseObject({ request_url: z.string() }),
    event_subscriptions: z.looseObject({ request_url: z.string() }),
    socket_mode_enabled: z.boolean(),
  }),
});

const own = async () => readFile(packageFile('manifest.yml'), 'utf8');

/** What a browser gives to Slack. */
function manifestIn(link: string): string {
  const { origin, pathname, searchParams } = new URL(link.trim());
  expect([origin, pathname, searchParams.get('new_app')]).toEqual(['https://api.slack.com', '/apps', '1']);
  return searchParams.get('manifest_yaml') ?? '';
}

describe('retort manifest', { timeout: 60_000 }, () => {
  it('prints a link that holds manifest.yml to the letter', async () => {
    const { status, out, err } = await runRetort(['manifest']);
    expect([status, err]).toEqual([0, '']);
    expect(out).not.toContain('+');
    expect(manifestIn(out)).toBe(await own());
  });

  it('prints the manifest itself', async () => {
    expect((await runRetort(['manifest', '--yaml'])).out).toBe(await own());
  });

  it('makes it one of HTTP mode, and changes nothing else', async () => {
    const { out } = await runRetort(['manifest', '--host', 'Retort.example.com']);
    const made: unknown = parse(manifestIn(out));
    const url = 'https://retort.example.com/slack/events';
    const { features, settings } = HttpManifest.parse(made);
    expect(features.slash_commands[0].url).toBe(url);
    expect(settings.interactivity.request_url).toBe(url);
    expect(settings.event_subscriptions.request_url).toBe(url);
    expect(settings.socket_mode_enabled).toBe(false);
    const back = manifestIn(out)
      .replaceAll(/^ +(request_)?url: .*\n/gm, '')
      .replace('socket_mode_enabled: false', 'socket_mode_enabled: true');
    expect(parse(back)).toEqual(parse(await own()));
  });

  it.each(['https://x.example', 'x/y', 'a b', ''])('takes no host such as "%s"', async (host) => {
    const { status, out, err } = await runRetort(['manifest', '--host', host]);
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('It must be a host name');
  });
});
