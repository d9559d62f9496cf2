import { useEffect, useMemo } from 'preact/hooks';
import { api } from '../state/api.ts';
import { Avatar } from './avatar.tsx';
import { Blocks } from './blocks/blocks.tsx';
import { SurfaceProvider } from './blocks/surface.tsx';
import { useSandbox } from './sandbox.tsx';
import { Working } from './working.tsx';

/** The app's Home tab, as it published it for this person. */
export function HomeView() {
  const { state, workspace, me, dispatch } = useSandbox();
  const { home } = state;
  const { app } = workspace;
  const bot = workspace.people.find(({ id }) => id === app.bot_user);
  useEffect(() => {
    if (state.link !== 'live') return;
    api.home(me.id).then(
      // What the app publishes in answer comes as an event, and may overtake this.
      (view) => view && dispatch({ type: 'home_read', view }),
      (fault: unknown) => dispatch({ type: 'notice', user: me.id, text: `Home could not be read: ${String(fault)}` }),
    );
  }, [me.id, state.link]);
  const id = home?.id ?? '';
  const container = useMemo(() => ({ type: 'view' as const, view_id: id }), [id]);
  return (
    <main class="home" id="home" tabIndex={-1} aria-labelledby="home-name">
      <header class="view-head">
        <h2 id="home-name">
          <Avatar person={bot} size={26} /> {app.name}
        </h2>
        <p class="topic">{app.connected ? 'Home' : 'Home · not connected'}</p>
      </header>
      <div class="home-scroll">
        {home ? (
          <SurfaceProvider container={container} blocks={home.blocks}>
            {(blocks) => <Blocks blocks={blocks} />}
          </SurfaceProvider>
        ) : (
          <div class="empty">
            <h3>
              {app.name} has not published a Home for {me.real_name} yet
            </h3>
            <p>{app.connected ? 'It is told that you opened it.' : 'It is not connected.'}</p>
          </div>
        )}
      </div>
      <Working />
    </main>
  );
}
