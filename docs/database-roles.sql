-- Roles of Retort's database. Run it as a superuser, or as who may make roles and owns the database, once before the
-- first migration and once after every migration; running it again changes nothing else. It takes the database to be
-- Retort's alone, with its tables in the schema public. docs/operations.md says how, 0019-database-roles.md why.
--
-- retort_owner    owns the tables and migrates: `retort migrate`
-- retort_runtime  what the bot does, and nothing else: `retort start`, `ingest`, `detect` and the other commands
-- retort_reader   reads, and may not write: people with questions
--
-- None of them can log in until you let it: alter role retort_runtime login password '…';

do $$
declare
  each text;
begin
  foreach each in array array['retort_owner', 'retort_runtime', 'retort_reader'] loop
    if not exists (select from pg_roles where rolname = each) then
      execute format('create role %I nologin', each);
    end if;
    -- Whoever made a role without being a superuser has to be in it, to give tables to it.
    if not pg_has_role(each, 'member') then
      execute format('grant %I to %I', each, current_user);
    end if;
  end loop;
end
$$;

do $$
begin
  execute format('revoke all on database %I from public, retort_runtime, retort_reader', current_database());
  execute format('grant connect, temporary on database %I to retort_owner, retort_runtime', current_database());
  execute format('grant connect on database %I to retort_reader', current_database());
end
$$;
revoke create on schema public from public;
revoke all on schema public from retort_runtime, retort_reader;
grant usage, create on schema public to retort_owner;
grant usage on schema public to retort_runtime, retort_reader;

-- What was made by somebody else before goes to the owner, or the functions below would have that one's rights.
do $$
declare
  each record;
begin
  for each in
    select format('alter table %I owner to retort_owner', relname) as statement from pg_class c
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and relowner <> 'retort_owner'::regrole
      and not exists (select from pg_depend where objid = c.oid and deptype = 'e')
    union all
    select format('alter function %s owner to retort_owner', p.oid::regprocedure) from pg_proc p
    where pronamespace = 'public'::regnamespace and proowner <> 'retort_owner'::regrole
      and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
  loop
    execute each.statement;
  end loop;
end
$$;

revoke all on all tables in schema public from public, retort_runtime, retort_reader;
revoke all on all functions in schema public from retort_runtime, retort_reader;

-- What the bot does with each table besides reading it. The audit is only ever added to; exchanges come in and go
-- with their day. A table that is missing is one of a later release, or the migration is still to come.
do $$
declare
  each record;
begin
  for each in
    select name, rights from (values
      ('account', 'insert, update'),
      ('account_day', 'insert, update, delete'),
      ('account_trait', 'insert, update'),
      ('account_trait_pack', null),
      ('action_freeze', 'insert, update'),
      ('action_ledger', 'insert, update'),
      ('ailment', 'insert, delete'),
      ('audit_entry', 'insert'),
      ('campaign', 'insert, update'),
      ('campaign_account', 'insert, update'),
      ('detection_gap', 'insert, update, delete'),
      ('detection_run', 'insert, update, delete'),
      ('detection_state', 'insert, update'),
      ('escalation', 'insert, update'),
      ('escalation_event', 'insert, update'),
      ('exception_entry', 'insert, update'),
      ('exchange', 'insert'),
      ('hit', 'insert, update, delete'),
      ('hit_figure', 'insert, update'),
      ('home_viewer', 'insert, update'),
      ('indicator', 'insert, update'),
      ('ingest_batch', 'insert, update, delete'),
      ('ingest_request', 'insert, update, delete'),
      ('job_slot', 'insert, update, delete'),
      ('legal_hold', 'insert, update'),
      ('model', 'insert, update'),
      ('outbox', 'insert, update, delete'),
      ('proposal', 'insert, update'),
      ('quarantine', 'insert, delete'),
      ('schema_migration', null),
      ('sighting', null),
      ('storm', 'insert, update'),
      ('template_sum', 'insert, delete'),
      ('traffic_hour', 'insert, update, delete'),
      ('trait', 'insert'),
      ('watermark', 'insert, update')
    ) as given (name, rights)
    where to_regclass('public.' || name) is not null
  loop
    execute format('grant %s on public.%I to retort_runtime', concat_ws(', ', 'select', each.rights), each.name);
    execute format('grant select on public.%I to retort_reader', each.name);
  end loop;

  -- The parts of exchange and account_trait are made, packed and dropped by these alone, with their owner's rights.
  for each in
    select to_regprocedure('public.' || signature) as name from unnest(array['make_day(text, date)',
      'lock_day(text, date)', 'drop_day(text, date)', 'is_unpacked(date)', 'pack_day(date, integer[], integer)',
      'take_packed_day(date)']) as given (signature)
    where to_regprocedure('public.' || signature) is not null
  loop
    execute format('grant execute on function %s to retort_runtime', each.name);
  end loop;
end
$$;
