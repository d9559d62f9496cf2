import { SlackError } from '../slack-error.ts';
import type { Method } from './method.ts';

const apiTest: Method = {
  token: 'none',
  run({ args }) {
    const error = args.text('error');
    if (error !== undefined) throw new SlackError(error, { args: args.values });
    return { args: args.values };
  },
};

const authTest: Method = {
  run({ core }) {
    const { workspace, manifest } = core;
    return {
      url: `${core.url}/`,
      team: workspace.team.name,
      user: manifest.botName,
      team_id: workspace.team.id,
      user_id: workspace.botUser,
      bot_id: workspace.botId,
      is_enterprise_install: false,
    };
  },
};

const connectionsOpen: Method = {
  token: 'app',
  run({ core }) {
    return { url: core.sockets.ticketUrl(core.url) };
  },
};

export const appMethods: Record<string, Method> = {
  'api.test': apiTest,
  'auth.test': authTest,
  'apps.connections.open': connectionsOpen,
};
