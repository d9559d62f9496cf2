import { readString } from '../../text/read-json.ts';
import { describe, type ElementProps } from './describe.ts';
import { useValue } from './use-value.ts';

const TYPES: Record<string, 'date' | 'time' | 'datetime-local'> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** Unix seconds as the local `YYYY-MM-DDTHH:MM` that the browser's picker takes. */
function toLocal(seconds: number): string {
  const date = new Date(seconds * 1000);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A date, a time of day, or both. */
export function DateInput(props: ElementProps) {
  const { value, choose } = useValue(props.spot, props.tells);
  const type = TYPES[readString(props.spot.element['type'])] ?? 'date';
  const both = type === 'datetime-local';
  const shown = typeof value === 'number' ? toLocal(value) : readString(value);
  const read = (entered: string) => {
    if (entered === '') return null;
    return both ? Math.floor(new Date(entered).getTime() / 1000) : entered;
  };
  return (
    <input
      class="input input-date"
      type={type}
      {...describe(props)}
      value={shown}
      onChange={({ currentTarget }) => choose(read(currentTarget.value))}
    />
  );
}
