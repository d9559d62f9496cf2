-- Up Migration

-- What every template came to on a day that is over (docs/decisions/0027-sums-of-days-that-are-over.md): each look would
-- else sum up its sightings anew. Local to a Citus coordinator.
create table template_sum (
  day date not null,
  trait bigint not null,
  accounts integer not null,
  uses bigint not null,
  elicited bigint not null,
  -- All exchanges of these accounts on that day.
  exchanges bigint not null,
  primary key (day, trait)
);

-- The days whose sums hold. One that is not here, or no longer, is summed up from its sightings when it is asked for.
create table summed_day (
  day date primary key,
  summed_at timestamptz not null
);

-- Down Migration

drop table summed_day, template_sum;
