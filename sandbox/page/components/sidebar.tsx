import type { Channel } from '../../page-api.ts';
import { countUnread } from '../state/unread.ts';
import { ActAs } from './act-as.tsx';
import { Icon } from './icon.tsx';
import { useSandbox } from './sandbox.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { visibleChannels } from './visible-channels.ts';

interface SidebarProps {
  /** A channel's id, or `home`. */
  current: string | undefined;
  actAs: (user: string) => void;
  onSwitch: () => void;
}

function ChannelLink({ channel, current }: { channel: Channel; current: boolean }) {
  const { state, me, read } = useSandbox();
  const unread = countUnread(state.messages[channel.id] ?? [], me.id, read[channel.id] ?? '');
  return (
    <a
      class={unread > 0 ? 'nav-link nav-unread' : 'nav-link'}
      href={`#/${channel.id}`}
      aria-current={current ? 'page' : undefined}
    >
      <Icon name={channel.is_private ? 'lock' : 'hash'} size={16} />
      <span class="nav-name">{channel.name}</span>
      {unread > 0 && (
        <span class="badge">
          {unread > 99 ? '99+' : unread}
          <span class="unseen"> unread</span>
        </span>
      )}
    </a>
  );
}

/** The workspace's name, its channels, the app, and whom one acts as. */
export function Sidebar({ current, actAs, onSwitch }: SidebarProps) {
  const { workspace, me } = useSandbox();
  const channels = visibleChannels(workspace, me.id);
  const { app, team } = workspace;
  return (
    <nav class="sidebar" aria-label="Workspace">
      <header class="sidebar-head">
        <div>
          <h1>Sandbox workspace</h1>
          <p>{team.name}</p>
        </div>
        <ThemeSwitch />
      </header>
      <button type="button" class="jump" onClick={onSwitch}>
        <Icon name="search" size={15} /> Jump to… <kbd>Ctrl K</kbd>
      </button>
      <div class="sidebar-scroll">
        <h2>Channels</h2>
        {channels.map((channel) => (
          <ChannelLink key={channel.id} channel={channel} current={channel.id === current} />
        ))}
        <h2>App</h2>
        <a class="nav-link" href="#/home" aria-current={current === 'home' ? 'page' : undefined}>
          <Icon name="home" size={16} />
          <span class="nav-name">{app.name}</span>
          <span
            class={app.connected ? 'presence presence-on' : 'presence'}
            title={app.connected ? 'Connected' : 'Not connected'}
          >
            <span class="unseen">{app.connected ? 'connected' : 'not connected'}</span>
          </span>
        </a>
      </div>
      <ActAs actAs={actAs} />
    </nav>
  );
}
