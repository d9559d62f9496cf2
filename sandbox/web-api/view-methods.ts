import { limits } from '../block-kit/limits.ts';
import { validateView } from '../block-kit/validate.ts';
import type { Core } from '../core.ts';
import { SlackError } from '../slack-error.ts';
import { stackLimit, type StoredView, type ViewInput } from '../views.ts';
import type { Arguments } from './arguments.ts';
import type { Method } from './method.ts';
import { slackView } from './slack-view.ts';

/** The view of a call, checked; throws `invalid_arguments` with the reasons. */
function viewOf(core: Core, args: Arguments, surface: 'modal' | 'home', replaces?: StoredView): ViewInput {
  const view = args.json('view', 'invalid_arguments');
  const problems = view === undefined ? ['[ERROR] missing required field: view'] : validateView(view, surface);
  if (problems.length > 0) throw SlackError.because('invalid_arguments', problems);
  const input = view as ViewInput;
  if (Buffer.byteLength(JSON.stringify(view)) > limits.viewBytes) throw new SlackError('view_too_large');
  const same = core.views.findExternal(input.external_id ?? '');
  if (same && same.id !== replaces?.id) throw new SlackError('duplicate_external_id');
  return input;
}

function useTrigger(core: Core, args: Arguments): string {
  const use = core.triggers.use(args.required('trigger_id'));
  if (!use.ok) throw new SlackError(use.error);
  return use.user;
}

function checkHash(args: Arguments, view: StoredView | undefined): void {
  const hash = args.text('hash');
  if (hash !== undefined && view && hash !== view.hash) throw new SlackError('hash_conflict');
}

const open: Method = {
  run({ core, args }) {
    const view = viewOf(core, args, 'modal');
    const user = useTrigger(core, args);
    const lowest = core.views.stack(user)[0];
    if (lowest) core.views.close(lowest);
    return { view: slackView(core, core.views.push(user, view)) };
  },
};

const push: Method = {
  run({ core, args }) {
    const view = viewOf(core, args, 'modal');
    const user = useTrigger(core, args);
    const open = core.views.stack(user).length;
    if (open === 0) throw new SlackError('not_found');
    if (open >= stackLimit) throw new SlackError('push_limit_reached');
    return { view: slackView(core, core.views.push(user, view)) };
  },
};

const update: Method = {
  run({ core, args }) {
    const id = args.text('view_id');
    const old = id === undefined ? core.views.findExternal(args.required('external_id')) : core.views.find(id);
    if (!old) throw new SlackError('not_found');
    const view = viewOf(core, args, old.type, old);
    checkHash(args, old);
    return { view: slackView(core, core.views.replace(old, view)) };
  },
};

const publish: Method = {
  run({ core, args }) {
    const user = args.required('user_id');
    if (!core.manifest.homeTab) throw new SlackError('not_enabled');
    if (!core.workspace.person(user)) throw new SlackError('user_not_found');
    const old = core.views.home(user);
    const view = viewOf(core, args, 'home', old);
    checkHash(args, old);
    return { view: slackView(core, core.views.publish(user, view)) };
  },
};

export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
