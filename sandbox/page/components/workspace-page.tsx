import { useEffect, useState } from 'preact/hooks';
import type { Place } from '../state/place.ts';
import { Announcer } from './announcer.tsx';
import { ChannelView } from './channel-view.tsx';
import { HomeView } from './home-view.tsx';
import { Modals } from './modals.tsx';
import { Notices } from './notices.tsx';
import { QuickSwitcher } from './quick-switcher.tsx';
import { useSandbox } from './sandbox.tsx';
import { Sidebar } from './sidebar.tsx';
import { ThreadPanel } from './thread-panel.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { visibleChannels } from './visible-channels.ts';

interface WorkspacePageProps {
  place: Place | null;
  actAs: (user: string) => void;
}

/** The workspace as one person sees it. */
export function WorkspacePage({ place, actAs }: WorkspacePageProps) {
  const { workspace, me, state, go } = useSandbox();
  const [switching, setSwitching] = useState(false);
  const channels = visibleChannels(workspace, me.id);
  const home = place?.kind === 'home';
  const channel = home
    ? undefined
    : (channels.find(({ id }) => place?.kind === 'channel' && id === place.id) ?? channels[0]);
  const thread = place?.kind === 'channel' && place.id === channel?.id ? place.thread : undefined;
  const at = place?.kind === 'channel' ? place.at : undefined;
  useShortcuts({ onSwitch: () => setSwitching(true) });
  const title = home ? workspace.app.name : `#${channel?.name ?? ''}`;
  useEffect(() => {
    document.title = `${title} · Sandbox workspace`;
  }, [title]);
  return (
    <div class={thread ? 'page with-thread' : 'page'}>
      <a
        class="skip"
        href="#composer"
        onClick={(event) => {
          event.preventDefault();
          document.querySelector<HTMLElement>('#composer, #home')?.focus();
        }}
      >
        Skip to the message field
      </a>
      <Sidebar current={home ? 'home' : channel?.id} actAs={actAs} onSwitch={() => setSwitching(true)} />
      {state.link === 'lost' && (
        <p class="banner banner-lost" role="status">
          The connection to the sandbox is lost. Reconnecting…
        </p>
      )}
      {home && <HomeView />}
      {channel && <ChannelView key={channel.id} channel={channel} at={at} />}
      {!home && !channel && <main class="waiting">There is no channel that {me.real_name} may see.</main>}
      {channel && thread && (
        <ThreadPanel
          key={`${channel.id}/${thread}`}
          channel={channel}
          root={thread}
          onClose={() => go({ kind: 'channel', id: channel.id })}
        />
      )}
      <Modals />
      {switching && <QuickSwitcher channels={channels} onClose={() => setSwitching(false)} />}
      {/* Behind an open modal they could neither be read nor dismissed: there, the modal shows them. */}
      {state.views.length === 0 && <Notices />}
      <Announcer channel={channel?.id} thread={thread} />
    </div>
  );
}
