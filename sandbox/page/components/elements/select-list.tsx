import type { Pick } from './options.ts';

/** The `<option>`s of a native select, in their groups. */
export function SelectList({ picks }: { picks: Pick[] }) {
  const groups = [...new Set(picks.map(({ group }) => group))];
  const list = (group: string) =>
    picks
      .filter((pick) => pick.group === group)
      .map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ));
  return <>{groups.map((group) => (group === '' ? list(group) : <optgroup label={group}>{list(group)}</optgroup>))}</>;
}
