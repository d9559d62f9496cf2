import { validateView } from '../block-kit/validate.ts';
import { isObject } from '../block-kit/shape.ts';
import type { Core } from '../core.ts';
import type { InputState, Outcome, Submit } from '../page-api.ts';
import { stackLimit, type StoredView, type ViewInput } from '../views.ts';
import { slackView } from '../web-api/slack-view.ts';
import { modalFailure } from './failure.ts';
import { actor, interaction } from './payload.ts';
import { formErrors, fullState } from './state.ts';

const failed: Outcome = { ok: false, error: modalFailure };

/** A person submits a modal: `view_submission`, and what the app answers to it. */
export async function submit(core: Core, { user, view_id, state }: Submit): Promise<Outcome> {
  const person = actor(core, user);
  const view = core.views.stack(user).at(-1);
  if (!person || view?.id !== view_id) return { ok: false, error: 'This is no longer open.' };
  const values = fullState(view.blocks, state);
  const errors = formErrors(view.blocks, values);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const reply = await core.delivery.send({
    kind: 'interactive',
    payload: {
      ...interaction(core, 'view_submission', person),
      trigger_id: core.triggers.issue(user),
      view: slackView(core, view, values),
      response_urls: [],
    },
  });
  if (!reply.ok) return failed;
  return applyAnswer(core, view, reply.body);
}

async function applyAnswer(core: Core, view: StoredView, body: unknown): Promise<Outcome> {
  if (body === undefined || body === '') return closeTop(core, view);
  if (!isObject(body)) return refuse(core, ['not an object']);
  switch (body.response_action) {
    case undefined:
      return Object.keys(body).length === 0 ? closeTop(core, view) : refuse(core, ['missing response_action']);
    case 'clear':
      await clearAll(core, view);
      return { ok: true };
    case 'errors':
      return showErrors(core, view, body.errors);
    case 'update':
    case 'push':
      return show(core, view, body.response_action, body.view);
    default:
      return refuse(core, ['unknown response_action']);
  }
}

function refuse(core: Core, problems: string[]): Outcome {
  core.calls.complain('answer to view_submission', problems);
  return failed;
}

function closeTop(core: Core, view: StoredView): Outcome {
  // The app may have replaced or closed it meanwhile.
  const current = core.views.find(view.id);
  if (current) core.views.close(current);
  return { ok: true };
}

function showErrors(core: Core, view: StoredView, errors: unknown): Outcome {
  if (!isObject(errors) || Object.keys(errors).length === 0) return refuse(core, ['no errors given']);
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const entries = Object.entries(errors);
  const wrong = entries.filter(([id, text]) => !inputs.includes(id) || typeof text !== 'string' || text === '');
  if (wrong.length > 0)
    return refuse(
      core,
      wrong.map(([id]) => `no input block, or no text: ${id}`),
    );
  return { ok: false, errors: Object.fromEntries(entries.map(([id, text]) => [id, String(text)])) };
}

function show(core: Core, view: StoredView, how: 'update' | 'push', input: unknown): Outcome {
  const problems = validateView(input, 'modal');
  if (how === 'push' && core.views.stack(view.user).length >= stackLimit) problems.push('push_limit_reached');
  const current = core.views.find(view.id);
  if (!current) problems.push('the view is gone');
  if (problems.length > 0 || !current) return refuse(core, problems);
  if (how === 'update') core.views.replace(current, input as ViewInput);
  else core.views.push(view.user, input as ViewInput);
  return { ok: true };
}

async function clearAll(core: Core, view: StoredView): Promise<void> {
  const lowest = core.views.stack(view.user)[0];
  const closed = lowest ? core.views.close(lowest) : [];
  for (const each of closed) if (each.id !== view.id) await notifyClosed(core, each, {}, true);
}

/** A person closes a modal: what lies above it goes too, all of them with `clear_on_close`. */
export async function closeView(core: Core, { user, view_id, state }: Submit): Promise<Outcome> {
  const view = core.views.find(view_id);
  if (view?.user !== user || view.type !== 'modal') return { ok: false, error: 'This is no longer open.' };
  const lowest = view.clear_on_close ? core.views.stack(user)[0] : view;
  const closed = core.views.close(lowest ?? view);
  for (const each of closed) await notifyClosed(core, each, each.id === view.id ? state : {}, view.clear_on_close);
  return { ok: true };
}

async function notifyClosed(core: Core, view: StoredView, state: InputState, cleared: boolean): Promise<void> {
  const person = actor(core, view.user);
  if (!person || !view.notify_on_close) return;
  const values = fullState(view.blocks, state);
  await core.delivery.send({
    kind: 'interactive',
    payload: {
      ...interaction(core, 'view_closed', person),
      view: slackView(core, view, values),
      is_cleared: cleared,
    },
  });
}
