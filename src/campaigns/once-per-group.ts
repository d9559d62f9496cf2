import type { Group } from './group-hits.ts';

/** Makes something of a group once, however often it is asked for: a group does not change, and goes with its look. */
export function oncePerGroup<T extends {}>(make: (group: Group) => T): (group: Group) => T {
  const made = new WeakMap<Group, T>();
  return (group) => {
    const known = made.get(group) ?? make(group);
    made.set(group, known);
    return known;
  };
}
