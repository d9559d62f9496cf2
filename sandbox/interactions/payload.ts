import type { Core } from '../core.ts';
import type { Member } from '../workspace.ts';

/** Who may act in the sandbox; undefined for the unknown and the deactivated. */
export function actor(core: Core, id: string): Member | undefined {
  const person = core.workspace.person(id);
  return person && !person.deleted && !person.is_bot ? person : undefined;
}

/** What every interaction's payload begins with. */
export function interaction(core: Core, type: string, person: Member): Record<string, unknown> {
  const { team, appId } = core.workspace;
  return {
    type,
    user: { id: person.id, username: person.name, name: person.name, team_id: person.stranger_of ?? team.id },
    api_app_id: appId,
    token: 'legacy-verification-token',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The channel as payloads name it. */
export function channelOf(core: Core, id: string): { id: string; name: string } {
  const channel = core.workspace.channels.get(id);
  return { id, name: channel ? (channel.is_private ? 'privategroup' : channel.name) : 'directmessage' };
}
