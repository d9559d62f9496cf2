import { usePlace } from '../state/use-place.ts';
import { useReadMarks } from '../state/use-read-marks.ts';
import { useSandboxState } from '../state/use-sandbox-state.ts';
import { type Sandbox, SandboxContext } from './sandbox.tsx';
import { WorkspacePage } from './workspace-page.tsx';

/** The page: waits for the workspace, then shows it. */
export function App() {
  const { state, dispatch, load, actAs } = useSandboxState();
  const [place, go] = usePlace();
  const [read, markRead] = useReadMarks(state.user);
  const { workspace } = state;
  const me = workspace?.people.find(({ id }) => id === state.user);
  if (!workspace || !me) {
    return (
      <main class="waiting" aria-busy="true">
        <h1>Sandbox workspace</h1>
        <p role="status">{state.link === 'lost' ? 'The sandbox does not answer. Trying again…' : 'Opening…'}</p>
      </main>
    );
  }
  const ask: Sandbox['ask'] = async (request) => {
    dispatch({ type: 'asked', by: 1 });
    const outcome = await request;
    dispatch({ type: 'asked', by: -1 });
    if (outcome.error) dispatch({ type: 'notice', user: me.id, text: outcome.error });
    return outcome;
  };
  return (
    <SandboxContext.Provider value={{ state, workspace, me, read, markRead, go, dispatch, load, ask }}>
      <WorkspacePage key={me.id} place={place} actAs={actAs} />
    </SandboxContext.Provider>
  );
}
