import type { Workspace } from '../workspace.ts';

/** As Slack sends what a person typed: `&`, `<` and `>` are always escaped. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** And with `should_escape`: names of people, groups and channels become ids, addresses become links. */
export function escapeEntities(text: string, workspace: Workspace): string {
  return escapeText(text)
    .replaceAll(/https?:\/\/\S+/g, (url) => `<${url}>`)
    .replaceAll(/(^|\s)@([\w.-]+)/g, (whole, before: string, name: string) => {
      const person = [...workspace.people.values()].find((each) => each.name === name && !each.deleted);
      if (person) return `${before}<@${person.id}|${name}>`;
      const group = [...workspace.groups.values()].find((each) => each.handle === name);
      return group ? `${before}<!subteam^${group.id}|@${name}>` : whole;
    })
    .replaceAll(/(^|\s)#([\w-]+)/g, (whole, before: string, name: string) => {
      const channel = workspace.channel(name);
      return channel ? `${before}<#${channel.id}|${name}>` : whole;
    });
}
