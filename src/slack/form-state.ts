/** What stands in a form's fields, by the field's name; empty fields are left out. */
export type FieldValues = Record<string, string | string[]>;

/** As Slack says it: block id → action id → the element's state. */
type ViewState = Record<string, Record<string, ElementState>>;

interface ElementState {
  value?: string | null;
  selected_option?: { value?: string } | null;
  selected_options?: { value?: string }[] | null;
  selected_user?: string | null;
  selected_users?: string[] | null;
  selected_conversation?: string | null;
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
}

/** Each block's one element, by the block's id. */
export function readFields(state: ViewState): FieldValues {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, elements]): [string, string | string[]][] => {
      const [element] = Object.values(elements);
      const value = element === undefined ? undefined : valueOf(element);
      return value === undefined || value.length === 0 ? [] : [[name, value]];
    }),
  );
}

function valueOf(element: ElementState): string | string[] | undefined {
  const many = element.selected_options?.map(({ value = '' }) => value) ?? element.selected_users;
  return (
    many ??
    element.value ??
    element.selected_option?.value ??
    element.selected_user ??
    element.selected_conversation ??
    element.selected_date ??
    element.selected_time ??
    element.selected_date_time?.toString()
  );
}
