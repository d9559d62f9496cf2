import { limits } from './limits.ts';
import { bool, byType, choice, isObject, list, object, oneOfFields, problem, type Rule, string } from './shape.ts';

export const id = string({ max: limits.id });

export function plainText(max: number): Rule {
  return byType({ plain_text: object({ text: string({ max }) }, { emoji: bool }) }, 'text');
}

export function anyText(max: number): Rule {
  return byType(
    {
      plain_text: object({ text: string({ max }) }, { emoji: bool }),
      mrkdwn: object({ text: string({ max }) }, { verbatim: bool }),
    },
    'text',
  );
}

export const confirm = object(
  {
    title: plainText(limits.confirmTitle),
    text: anyText(limits.confirmText),
    confirm: plainText(limits.confirmButton),
    deny: plainText(limits.confirmButton),
  },
  { style: choice('primary', 'danger') },
);

const value = string({ max: limits.optionValue });
const description = { description: plainText(limits.optionDescription) };

/** Menus show plain text; check boxes and radio buttons may show mrkdwn. */
export const menuOption = object({ text: plainText(limits.optionText), value }, description);
export const choiceOption = object(
  { text: anyText(limits.optionText), value },
  { description: anyText(limits.optionDescription) },
);
export const overflowOption = object(
  { text: plainText(limits.optionText), value },
  { ...description, url: string({ max: limits.buttonUrl }) },
);

const optionGroup = object({
  label: plainText(limits.optionGroupLabel),
  options: list(menuOption, { max: limits.selectOptions }),
});

export const staticOptions = {
  options: list(menuOption, { max: limits.selectOptions }),
  option_groups: list(optionGroup, { max: limits.optionGroups }),
};
export const eitherOptionsOrGroups = oneOfFields(['options', 'option_groups'], { exactly: true });

/** `initial_option(s)` must stand among the options, word for word. */
export const initialAmongOptions: Rule = (element, at, problems) => {
  if (!isObject(element)) return;
  const offered = new Set(optionsOf(element).map((option) => JSON.stringify(sorted(option))));
  for (const name of ['initial_option', 'initial_options']) {
    const initial = element[name];
    for (const option of Array.isArray(initial) ? initial : initial === undefined ? [] : [initial]) {
      if (!offered.has(JSON.stringify(sorted(option)))) {
        problems.push(problem(`${name} must be one of the options`, `${at}/${name}`));
      }
    }
  }
};

/** Every option of a menu, those inside groups too. */
export function optionsOf(element: Record<string, unknown>): Record<string, unknown>[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObject) : [];
  return [element, ...groups].flatMap((holder) =>
    Array.isArray(holder.options) ? holder.options.filter(isObject) : [],
  );
}

function sorted(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(sorted);
  if (!isObject(input)) return input;
  const entries = Object.entries(input).filter(([name]) => name !== 'emoji');
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => [name, sorted(entry)]),
  );
}
