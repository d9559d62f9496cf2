-- Up Migration

-- What every template came to on a day that is over (docs/decisions/0027-sums-of-days-that-are-over.md): each look would
-- else sum up its sightings anew. Arrays of the same length and order, which take a third of what rows would. A day that is not
-- here, or no longer, is summed up from its sightings when it is asked for. Local to a Citus coordinator.
create table template_sum (
  day date primary key,
  traits bigint[] not null,
  accounts integer[] not null,
  uses bigint[] not null,
  elicited bigint[] not null,
  -- All exchanges of these accounts on that day.
  exchanges bigint[] not null,
  summed_at timestamptz not null
);

-- Down Migration

drop table template_sum;
