import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { MenuButton } from './menu-button.tsx';
import { useSandbox } from './sandbox.tsx';

/** Whom one acts as, and the way to become another person. */
export function ActAs({ actAs }: { actAs: (user: string) => void }) {
  const { workspace, me } = useSandbox();
  const groupsOf = (id: string) =>
    workspace.groups.filter(({ users }) => users.includes(id)).map(({ handle }) => `@${handle}`);
  const items = workspace.people
    .filter(({ is_bot }) => !is_bot)
    .map((person) => ({
      key: person.id,
      checked: person.id === me.id,
      content: (
        <span class="person">
          <Avatar person={person} size={28} />
          <span>
            {person.real_name}
            <small>
              {[person.is_restricted ? 'guest' : '', ...groupsOf(person.id)].filter(Boolean).join(', ') ||
                `@${person.name}`}
            </small>
          </span>
        </span>
      ),
      run: () => actAs(person.id),
    }));
  return (
    <footer class="act-as">
      <MenuButton label={`Acting as ${me.real_name}. Act as someone else`} class="act-as-button" items={items}>
        <Avatar person={me} size={32} />
        <span>
          <small>Acting as</small>
          {me.real_name}
        </span>
        <Icon name="chevron" size={16} />
      </MenuButton>
    </footer>
  );
}
