import { useCallback, useEffect, useMemo, useReducer } from 'preact/hooks';
import type { Workspace } from '../../page-api.ts';
import { api } from './api.ts';
import { followEvents } from './live.ts';
import { createLoader, type Loader } from './loader.ts';
import { blankState, type Change, reduce, type State } from './reduce.ts';
import { recall, remember } from './remembered.ts';

const report = (dispatch: (change: Change) => void, user: string) => (fault: unknown) => {
  const detail = fault instanceof Error ? fault.message : String(fault);
  dispatch({ type: 'notice', user, text: `The sandbox could not be read: ${detail}` });
};

/** Whom to act as: the one remembered where they still exist, or else the first who is a full member. */
function choosePerson({ people }: Workspace, wanted: string): string {
  const humans = people.filter(({ is_bot }) => !is_bot);
  const found =
    humans.find(({ id }) => id === wanted) ?? humans.find(({ is_restricted }) => !is_restricted) ?? humans[0];
  return found?.id ?? '';
}

/** The page's whole state, kept current by the server's events, and the ways to change it. */
export function useSandboxState(): {
  state: State;
  dispatch: (change: Change) => void;
  load: Loader['load'];
  actAs: (user: string) => void;
} {
  const [state, dispatch] = useReducer<State, Change>(reduce, blankState(''));
  const { user } = state;
  const { tell, load } = useMemo(() => createLoader(dispatch), []);
  const actAs = useCallback((next: string) => {
    remember('user', next);
    dispatch({ type: 'person', user: next });
  }, []);

  const readAll = useCallback(
    async (person: string) => {
      const workspace = await api.workspace();
      dispatch({ type: 'workspace', workspace });
      const chosen = choosePerson(workspace, person || recall('user', ''));
      if (chosen !== person) return dispatch({ type: 'person', user: chosen });
      const open = workspace.channels.filter(({ is_private, members }) => !is_private || members.includes(person));
      const read = async (channel: string): Promise<Change> => {
        return { type: 'messages', channel, messages: await api.messages({ user: person, channel }) };
      };
      await Promise.all(open.map(({ id }) => load(() => read(id))));
      return undefined;
    },
    [load],
  );

  // Without a person there is no stream yet: the workspace is asked for until it answers.
  useEffect(() => {
    if (user !== '') return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = () => {
      readAll('').catch(() => {
        dispatch({ type: 'link', link: 'lost' });
        timer = setTimeout(attempt, 1000);
      });
    };
    attempt();
    return () => clearTimeout(timer);
  }, [user, readAll]);

  useEffect(() => {
    if (user === '') return undefined;
    return followEvents(user, {
      onEvent: tell,
      onLink: (link) => {
        dispatch({ type: 'link', link });
        // Each time the stream opens: what happened while it was away is read again.
        if (link === 'live') readAll(user).catch(report(dispatch, user));
      },
    });
  }, [user, readAll, tell]);

  return { state, dispatch, load, actAs };
}
