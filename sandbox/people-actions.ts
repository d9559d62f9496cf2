import type { Core } from './core.ts';
import { act } from './interactions/act.ts';
import { openHome } from './interactions/home.ts';
import { closeView, submit } from './interactions/modal.ts';
import { say } from './interactions/say.ts';
import { suggest } from './interactions/suggest.ts';
import type { Act, Outcome, Say, Submit, Suggest, Suggestions, View } from './page-api.ts';

/** What people do in the workspace; each resolves when the app has acknowledged, or failed to. */
export interface PeopleActions {
  say(input: Say): Promise<Outcome>;
  act(input: Act): Promise<Outcome>;
  submit(input: Submit): Promise<Outcome>;
  closeView(input: Submit): Promise<Outcome>;
  suggest(input: Suggest): Promise<Suggestions>;
  /** `told` resolves when the app has acknowledged the event, or the last retry failed. */
  openHome(user: string): { view: View | null; told: Promise<unknown> };
}

export function peopleActions(core: Core, eventRetryDelaysMs: number[]): PeopleActions {
  return {
    say: (input) => say(core, input),
    act: (input) => act(core, input),
    submit: (input) => submit(core, input),
    closeView: (input) => closeView(core, input),
    suggest: (input) => suggest(core, input),
    openHome: (user) => openHome(core, user, eventRetryDelaysMs),
  };
}
