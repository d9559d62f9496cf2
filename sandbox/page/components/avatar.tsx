import type { Person } from '../../page-api.ts';

function hueOf(id: string): number {
  return Array.from(id).reduce((hue, char) => (hue * 31 + (char.codePointAt(0) ?? 0)) % 360, 7);
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0]?.toUpperCase() ?? '')
    .join('');
}

/** A person's initials on a colour of their own; the app's is square. */
export function Avatar({ person, size = 36 }: { person: Person | undefined; size?: number }) {
  const style = {
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${size * 0.39}px`,
    '--hue': String(hueOf(person?.id ?? '?')),
  };
  return (
    <span class={`avatar ${person?.is_bot ? 'avatar-app' : ''}`} style={style} aria-hidden="true">
      {initialsOf(person?.real_name || person?.name || '?')}
    </span>
  );
}
