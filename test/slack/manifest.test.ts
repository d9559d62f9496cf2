import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { VERBS } from '../../src/commands/registry.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface Manifest {
  features: {
    app_home: { home_tab_enabled: boolean; messages_tab_enabled: boolean };
    slash_commands: { command: string; usage_hint: string; should_escape: boolean }[];
    shortcuts?: unknown[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] }; interactivity: { is_enabled: boolean } };
}

const manifest = parse(readFileSync(path.join(ROOT, 'manifest.yml'), 'utf8')) as Manifest;
const source = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(path.join(ROOT, 'src', file), 'utf8'))
  .join('\n');

/** Which scopes each Web API method that Retort calls needs: docs.slack.dev/reference/methods. */
const SCOPES: Record<string, readonly string[]> = {
  'auth.test': [],
  // With the app-level token.
  'apps.connections.open': [],
  'chat.getPermalink': [],
  'chat.delete': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.join': ['channels:join'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'files.uploadV2': ['files:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const found = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map(([, name = '']) => name))].toSorted();

/** `client.users.info(`, and `paginate('conversations.list'`. */
const called = [
  ...found(
    /\b(?:client|\))\s*\.((?:auth|apps|chat|conversations|files|reactions|usergroups|users|views)(?:\.\w+)+)\(/g,
  ),
  ...found(/paginate\('([\w.]+)'/g),
];
const used = (name: string) => called.includes(name);

describe('manifest.yml', () => {
  it('asks for the scopes of the methods that are called, and no others', () => {
    expect(called.length).toBeGreaterThan(10);
    expect(called.filter((method) => !(method in SCOPES))).toEqual([]);
    const needed = new Set(['commands', ...called.flatMap((method) => SCOPES[method] ?? [])]);
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted());
  });

  it('declares the commands that answers tell people to type, and no others', () => {
    const told = found(/`?(\/[a-z]+) (?=[a-z$<])/g).filter((name) => !source.includes(`import ${name}`));
    const declared = manifest.features.slash_commands.map(({ command }) => command);
    expect(declared).toEqual(['/campaign']);
    expect(told).toEqual(expect.arrayContaining(declared));
    // Mentions would be plain names without it.
    expect(manifest.features.slash_commands.every(({ should_escape }) => should_escape)).toBe(true);
  });

  it('hints at verbs that there are', () => {
    const hinted = (manifest.features.slash_commands[0]?.usage_hint ?? '')
      .split('|')
      .map((part) => part.trim().split(' ')[0]);
    expect(hinted.length).toBeGreaterThan(3);
    expect(hinted.filter((word) => !VERBS.some(({ name }) => name === word))).toEqual([]);
  });

  it('subscribes to the events that are listened to, and no others', () => {
    const listened = found(/app\.event\('(\w+)'/g);
    expect(listened).not.toEqual([]);
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(listened);
  });

  it('declares the surfaces that are used', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(source.includes('app.action('));
    expect(manifest.features.app_home.home_tab_enabled).toBe(used('views.publish'));
    // Files for one person go there.
    expect(manifest.features.app_home.messages_tab_enabled).toBe(used('conversations.open'));
  });

  it('declares no shortcut, because none does anything', () => {
    const named = found(/app\.shortcut\('(\w+)'/g);
    expect(manifest.features.shortcuts ?? []).toHaveLength(named.length);
  });
});
