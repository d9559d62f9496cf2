-- Up Migration

-- A day that is over, packed (docs/decisions/0024-packed-days.md): the sightings of an account in one row instead of one each,
-- in arrays of the same length and order. The first of them, as many as kept says, are of kept traits; the rest are lone.
create table account_trait_pack (
  account_key bigint not null,
  day date not null,
  kept integer not null,
  traits bigint[] not null,
  uses integer[] not null,
  -- Empty where none of the account's did.
  elicited integer[] not null,
  -- Milliseconds of the day.
  first_ms integer[] not null,
  last_ms integer[] not null,
  primary key (account_key, day)
) partition by range (day);

-- Every sighting of a kept trait, packed or not. What came late to a packed day is a row of its own beside it.
create view sighting as
select account_key, trait, day, uses, elicited, first_at, last_at from account_trait
union all
select account_key, trait, day, uses, coalesce(elicited, 0),
  (day::timestamp at time zone 'UTC') + first_ms * interval '1 millisecond',
  (day::timestamp at time zone 'UTC') + last_ms * interval '1 millisecond'
from (
  select account_key, day, unnest(traits[1:kept]) as trait, unnest(uses[1:kept]) as uses,
    unnest(elicited[1:kept]) as elicited, unnest(first_ms[1:kept]) as first_ms, unnest(last_ms[1:kept]) as last_ms
  from account_trait_pack
) p;

-- Whether a day may be packed that is not: both its parts are there.
create function is_unpacked(of_day date) returns boolean language plpgsql stable strict security definer as $$
declare
  exchanges regclass := to_regclass(day_part('exchange', of_day));
begin
  return exchanges is not null and to_regclass(day_part('account_trait', of_day)) is not null
    and obj_description(exchanges, 'pg_class') is distinct from 'packed';
end
$$;

-- Makes the packed form of a day beside it, which stops nobody: raw rows without their traits, and sightings by account.
-- Lone ones are taken of the kinds named, and elicit where a bit of the mask is set.
create function pack_day(of_day date, lone_kinds integer[], eliciting integer) returns void
language plpgsql strict security definer as $$
declare
  exchanges text := day_part('exchange', of_day);
  began timestamptz := of_day::timestamp at time zone 'UTC';
begin
  -- In the order in which they came, which finds a batch at almost no cost.
  execute format('create table %I (like exchange including defaults)', exchanges || '_packed');
  execute format($sql$
    insert into %I (account_key, occurred_at, exchange_key, batch_id, input_tokens, output_tokens, reasoning_tokens,
      model_id, marks, outcome, capability, access_path)
    select account_key, occurred_at, exchange_key, batch_id, input_tokens, output_tokens, reasoning_tokens,
      model_id, marks, outcome, capability, access_path
    from %I $sql$, exchanges || '_packed', exchanges);
  execute format('alter table %I add primary key (account_key, occurred_at, exchange_key) with (fillfactor = 100)', exchanges || '_packed');
  execute format('create index on %I using brin (batch_id) with (pages_per_range = 16)', exchanges || '_packed');
  -- So that nothing is read again when it takes the day's place.
  execute format('alter table %I add constraint within_day check (occurred_at >= %L and occurred_at < %L)',
    exchanges || '_packed', began, began + interval '1 day');

  execute format('create table %I (like account_trait_pack including defaults)', day_part('account_trait_pack', of_day));
  execute format($sql$
    insert into %I
    select account_key, %L, count(*) filter (where not is_lone), array_agg(trait order by is_lone, trait),
      array_agg(uses order by is_lone, trait),
      case when sum(elicited) > 0 then array_agg(elicited order by is_lone, trait) else '{}' end,
      array_agg(first_ms order by is_lone, trait), array_agg(last_ms order by is_lone, trait)
    from (
      select account_key, trait, false as is_lone, uses, elicited,
        (extract(epoch from first_at - %L) * 1000)::integer as first_ms,
        (extract(epoch from last_at - %L) * 1000)::integer as last_ms
      from %I
      union all
      select e.account_key, e.trait, true, count(*)::integer, (count(*) filter (where e.marks & %L <> 0))::integer,
        (extract(epoch from min(e.occurred_at) - %L) * 1000)::integer,
        (extract(epoch from max(e.occurred_at) - %L) * 1000)::integer
      from (select account_key, occurred_at, marks, unnest(traits) as trait from %I) e
      where (e.trait >> 60) & 15 = any(%L) and not exists (select from trait t where t.trait = e.trait)
      group by e.account_key, e.trait
    ) s
    group by account_key
    order by account_key $sql$,
    day_part('account_trait_pack', of_day), of_day, began, began, day_part('account_trait', of_day), eliciting, began,
    began, exchanges, lone_kinds);
  execute format('alter table %I add primary key (account_key, day) with (fillfactor = 100)', day_part('account_trait_pack', of_day));
end
$$;

-- Puts the packed form of a day in its place: within the transaction that made it, with both parts locked. False where the
-- day has changed since: then nothing is done, and what was made has to be rolled back.
create function take_packed_day(of_day date) returns boolean language plpgsql strict security definer as $$
declare
  exchanges text := day_part('exchange', of_day);
  sightings text := day_part('account_trait', of_day);
  pack text := day_part('account_trait_pack', of_day);
  is_same boolean;
begin
  -- Exchanges only ever come, and sightings only ever grow by uses.
  execute format($sql$
    select (select count(*) from %I) = (select count(*) from %I)
      and (select (count(*), coalesce(sum(uses), 0)) from %I)
        = (select (count(*), coalesce(sum(u.uses), 0)) from %I p, unnest(p.uses[1:p.kept]) as u(uses)) $sql$,
    exchanges, exchanges || '_packed', sightings, pack) into is_same;
  if not is_same then
    return false;
  end if;
  execute format('alter table exchange detach partition %I', exchanges);
  execute format('drop table %I', exchanges);
  execute format('alter table %I rename to %I', exchanges || '_packed', exchanges);
  execute format('alter table exchange attach partition %I for values from (%L) to (%L)', exchanges,
    of_day::timestamp at time zone 'UTC', (of_day + 1)::timestamp at time zone 'UTC');
  execute format('alter table %I drop constraint within_day', exchanges);
  execute format('comment on table %I is %L', exchanges, 'packed');
  execute format('alter table account_trait_pack attach partition %I for values from (%L) to (%L)', pack, of_day,
    of_day + 1);
  execute format('truncate %I', sightings);
  return true;
end
$$;

-- As before, and for the packed form, which comes and goes with the sightings of its day.
create or replace function day_part(of_table text, of_day date) returns text language plpgsql immutable strict as $$
begin
  if of_table not in ('exchange', 'account_trait', 'account_trait_pack') then
    raise exception '% has no part for each day', of_table using errcode = 'invalid_parameter_value';
  end if;
  return of_table || '_' || to_char(of_day, 'YYYYMMDD');
end
$$;

create or replace function drop_day(of_table text, of_day date) returns void language plpgsql strict security definer as $$
begin
  if not lock_day(of_table, of_day) then
    raise exception '% has no part for %', of_table, of_day using errcode = 'undefined_table';
  end if;
  execute format('drop table %I', day_part(of_table, of_day));
  if of_table = 'account_trait' then
    execute format('drop table if exists %I', day_part('account_trait_pack', of_day));
  end if;
end
$$;

do $$
declare
  signature text;
begin
  foreach signature in array array['day_part(text, date)', 'drop_day(text, date)', 'is_unpacked(date)',
    'pack_day(date, integer[], integer)', 'take_packed_day(date)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', signature, current_schema());
    execute format('revoke execute on function %s from public', signature);
  end loop;
end
$$;

-- Down Migration

-- Packed days cannot be unpacked: their raw rows have no traits any more.
do $$
begin
  raise exception 'days that were packed stay packed: restore a backup of before this migration';
end
$$;
