import type { Core } from '../core.ts';
import type { InputState } from '../page-api.ts';
import type { StoredView } from '../views.ts';

/** A view as the Web API and the payloads show it. */
export function slackView(core: Core, view: StoredView, values: InputState = {}): Record<string, unknown> {
  const { user: _user, ...rest } = structuredClone(view);
  return {
    ...rest,
    team_id: core.workspace.team.id,
    app_id: core.workspace.appId,
    bot_id: core.workspace.botId,
    app_installed_team_id: core.workspace.team.id,
    title: view.title ?? { type: 'plain_text', text: core.manifest.appName },
    submit: view.submit ?? null,
    close: view.close ?? null,
    state: { values },
  };
}
