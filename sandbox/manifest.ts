import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { SlashCommand } from './page-api.ts';

/** What the app asked for when it was installed. */
export interface Manifest {
  appName: string;
  botName: string;
  scopes: Set<string>;
  commands: (SlashCommand & { should_escape: boolean })[];
  events: Set<string>;
  interactive: boolean;
  homeTab: boolean;
  messagesTab: boolean;
}

interface ManifestFile {
  display_information?: { name?: string };
  features?: {
    app_home?: { home_tab_enabled?: boolean; messages_tab_enabled?: boolean };
    bot_user?: { display_name?: string };
    slash_commands?: { command: string; description?: string; usage_hint?: string; should_escape?: boolean }[];
  };
  oauth_config?: { scopes?: { bot?: string[] } };
  settings?: { event_subscriptions?: { bot_events?: string[] }; interactivity?: { is_enabled?: boolean } };
}

/** Reads an app manifest; without a path the one at the root of this package. */
export async function readManifest(path = ownManifest()): Promise<Manifest> {
  const file = parse(await readFile(path, 'utf8')) as ManifestFile;
  const { features = {}, settings = {} } = file;
  return {
    appName: file.display_information?.name ?? 'App',
    botName: features.bot_user?.display_name ?? 'app',
    scopes: new Set(file.oauth_config?.scopes?.bot),
    commands: (features.slash_commands ?? []).map((each) => ({
      command: each.command,
      description: each.description ?? '',
      usage_hint: each.usage_hint ?? '',
      should_escape: each.should_escape ?? false,
    })),
    events: new Set(settings.event_subscriptions?.bot_events),
    interactive: settings.interactivity?.is_enabled ?? false,
    homeTab: features.app_home?.home_tab_enabled ?? false,
    messagesTab: features.app_home?.messages_tab_enabled ?? false,
  };
}

/** One folder up in a checkout, two when compiled to dist/. */
function ownManifest(): string {
  const places = ['../manifest.yml', '../../manifest.yml'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`no manifest.yml at ${places.join(' or ')}`);
  return found;
}
