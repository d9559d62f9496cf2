import type { Channel } from '../../page-api.ts';
import { Composer } from './composer.tsx';
import { Icon } from './icon.tsx';
import { MessageList } from './message-list.tsx';
import { useSandbox } from './sandbox.tsx';
import { Working } from './working.tsx';

/** A channel: its head, its messages, and the field to write in. */
export function ChannelView({ channel, at }: { channel: Channel; at: string | undefined }) {
  const { workspace } = useSandbox();
  const { app } = workspace;
  const members = channel.members.length;
  return (
    <main class="channel" aria-labelledby="channel-name">
      <header class="view-head">
        <h2 id="channel-name">
          <Icon name={channel.is_private ? 'lock' : 'hash'} /> {channel.name}
        </h2>
        <p class="topic">{channel.topic}</p>
        <span class="members" title={`${members} members`}>
          <Icon name="person" size={15} /> {members}
          <span class="unseen"> members</span>
        </span>
      </header>
      {!app.connected && (
        <p class="banner" role="status">
          {app.name} is not connected: commands and buttons get no answer until it starts.
        </p>
      )}
      <MessageList channel={channel} at={at} />
      <Working />
      <Composer channel={channel} placeholder={`Message #${channel.name}, or / for a command`} />
    </main>
  );
}
