-- Up Migration

-- The parts of the big tables, a UTC day each, are made and dropped by these three and by nothing else. They work with
-- their owner's rights, so that the role that Retort runs as needs none to make or drop tables
-- (docs/decisions/0019-database-roles.md).

create function day_part(of_table text, of_day date) returns text language plpgsql immutable strict as $$
begin
  if of_table not in ('exchange', 'account_trait') then
    raise exception '% has no part for each day', of_table using errcode = 'invalid_parameter_value';
  end if;
  return of_table || '_' || to_char(of_day, 'YYYYMMDD');
end
$$;

create function make_day(of_table text, of_day date) returns void language plpgsql strict security definer as $$
declare
  part text := day_part(of_table, of_day);
  -- A day's beginning, as the table's column has it, whatever the caller's time zone.
  bound text := case of_table when 'exchange' then 'YYYY-MM-DD"T00:00:00Z"' else 'YYYY-MM-DD' end;
begin
  -- Made by itself and then attached, which stops nobody from reading or writing.
  execute format('create table %I (like %I including defaults) with (fillfactor = %s)', part, of_table,
    -- Updated rows need room.
    case of_table when 'exchange' then 100 else 60 end);
  -- No plan needs to know which traits are frequent, and counting that is most of what an analysis costs.
  if of_table = 'exchange' then
    execute format('alter table %I alter traits set statistics 0', part);
  end if;
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', of_table, part,
    to_char(of_day, bound), to_char(of_day + 1, bound));
end
$$;

-- Whether there is such a part; then nobody else can read or write it, or the table, until the transaction ends.
create function lock_day(of_table text, of_day date) returns boolean language plpgsql strict security definer as $$
declare
  part text := day_part(of_table, of_day);
begin
  -- In the order of those who write: the table, then its day.
  execute format('lock table only %I in access exclusive mode', of_table);
  perform from pg_inherits where inhparent = of_table::regclass and inhrelid = to_regclass(part);
  if not found then
    return false;
  end if;
  execute format('lock table %I in access exclusive mode', part);
  return true;
end
$$;

create function drop_day(of_table text, of_day date) returns void language plpgsql strict security definer as $$
begin
  if not lock_day(of_table, of_day) then
    raise exception '% has no part for %', of_table, of_day using errcode = 'undefined_table';
  end if;
  execute format('drop table %I', day_part(of_table, of_day));
end
$$;

-- Their names mean what they mean here, whatever the caller's search_path and temporary tables say.
do $$
declare
  signature text;
begin
  foreach signature in array array['day_part', 'make_day', 'lock_day', 'drop_day'] loop
    execute format('alter function %I(text, date) set search_path = %I, pg_temp', signature, current_schema());
    execute format('revoke execute on function %I(text, date) from public', signature);
  end loop;
end
$$;

-- Down Migration

drop function drop_day, lock_day, make_day, day_part;
