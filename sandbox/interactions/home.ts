import type { Core } from '../core.ts';
import { sendEvent } from '../delivery/events.ts';
import type { View } from '../page-api.ts';
import { slackView } from '../web-api/slack-view.ts';
import { actor } from './payload.ts';

/** A person opens the Home tab: `app_home_opened`. Answers the tab as it stands now; news come by the feed. */
export function openHome(
  core: Core,
  user: string,
  retryDelaysMs: number[],
): { view: View | null; told: Promise<unknown> } {
  const person = actor(core, user);
  if (!person || !core.manifest.homeTab) return { view: null, told: Promise.resolve() };
  const view = core.views.home(user);
  const event = {
    type: 'app_home_opened',
    user,
    channel: core.workspace.directMessage(user).id,
    tab: 'home',
    ...(view ? { view: slackView(core, view) } : {}),
  };
  return { view: view ?? null, told: sendEvent(core, event, retryDelaysMs) };
}
