-- One row per searchable record, rewritten only when its tokens change. Tokens begin with a code of their entity and a
-- letter of their kind (src/platform/search/tokens.ts); scope is a token too, so that GIN intersects instead of filtering.
create table search_doc (
  entity text collate "C" not null,
  record_id uuid not null,
  title text not null,
  subtitle text not null default '',
  -- Folded names, one a line: what adjacency is verified against.
  folded text not null,
  -- Values of the other classes, one a line behind the letter of the class.
  detail text not null default '',
  core_start smallint not null default 0,
  core_length smallint not null default 0,
  tokens tsvector not null,
  owner_id uuid,
  root_owner_id uuid,
  department_id uuid,
  updated_at timestamptz not null default now(),
  primary key (entity, record_id)
);

-- New rows wait in GIN's pending list; who writes says how long it may grow (documents.ts).
create index search_doc_tokens on search_doc using gin (tokens) with (fastupdate = on);

-- Token lists are read by the index alone; statistics over them cost minutes of ANALYZE and serve no plan.
alter table search_doc alter column tokens set statistics 0;

create type search_candidate as (
  record_id uuid, title text, subtitle text, folded text, detail text,
  core_start smallint, core_length smallint, updated double precision, total integer
);

-- Matches among the newest records, newest first; -1 as total says that no more was looked at.
create function search_newest(ent text, query tsquery, scope tsquery, pattern text, among integer, most integer)
returns setof search_candidate
language sql stable rows 300
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
as $$
  select d.record_id, d.title, d.subtitle, d.folded, d.detail, d.core_start, d.core_length,
    extract(epoch from d.updated_at)::double precision, -1
  from (select * from search_doc n where n.entity = ent order by n.record_id desc limit among) d
  where (scope is null or d.tokens @@ scope) and (query is null or d.tokens @@ query)
    and (pattern is null or d.folded like pattern)
  limit most
$$;

-- All matches up to a limit through the token index. Statistics of tokens mislead the planner into reading the whole table
-- for a needle it believes to be frequent, so the other ways are closed here and nowhere else. Scope is a condition of its
-- own: as part of the query it takes two to three times as long.
create function search_indexed(
  ent text, query tsquery, scope tsquery, pattern text, most integer, counted integer
)
returns setof search_candidate
language plpgsql stable rows 300
set enable_seqscan = off set enable_indexscan = off set work_mem = '16MB' set jit = off
as $$
begin
  if scope is null then
    return query
      select c.*, (count(*) over ())::integer
      from (
        select d.record_id, d.title, d.subtitle, d.folded, d.detail, d.core_start, d.core_length,
          extract(epoch from d.updated_at)::double precision
        from search_doc d
        where d.tokens @@ query and d.entity || '' = ent and (pattern is null or d.folded like pattern)
        limit counted
      ) c
      limit most;
  else
    return query
      select c.*, (count(*) over ())::integer
      from (
        select d.record_id, d.title, d.subtitle, d.folded, d.detail, d.core_start, d.core_length,
          extract(epoch from d.updated_at)::double precision
        from search_doc d
        where d.tokens @@ coalesce(query, scope) and d.tokens @@ scope and d.entity || '' = ent
          and (pattern is null or d.folded like pattern)
        limit counted
      ) c
      limit most;
  end if;
end
$$;

-- Whether at least every fiftieth of the newest records matches.
create function search_is_frequent(ent text, query tsquery, scope tsquery, pattern text)
returns boolean
language sql stable
as $$
  select count(*) = 12 from search_newest(ent, query, scope, pattern, 600, 12)
$$;

-- Matches within a scope of few rows, which are all looked at; null where the scope holds more than that.
create function search_narrow(ent text, query tsquery, scope tsquery, pattern text, most integer)
returns search_candidate[]
language plpgsql stable
set enable_seqscan = off set enable_indexscan = off set work_mem = '16MB' set jit = off
as $$
declare
  held integer;
  found_rows search_candidate[];
begin
  select count(*), coalesce(
      array_agg(row(c.record_id, c.title, c.subtitle, c.folded, c.detail, c.core_start, c.core_length,
        extract(epoch from c.updated_at)::double precision, 0)::search_candidate) filter (where c.matches), '{}')
    into held, found_rows
    from (
      select d.*, (query is null or d.tokens @@ query) and (pattern is null or d.folded like pattern) as matches
      from search_doc d
      where d.tokens @@ scope and d.entity || '' = ent
      limit most + 1
    ) c;
  return case when held <= most then found_rows end;
end
$$;

-- Three ways, the cheapest for the needle. A scope that hardly shows among the newest records is likely narrow: its rows
-- are looked at one by one. A needle that every fiftieth record bears has index lists too long to read; `few` of its matches
-- are near at hand among the newest records (no more are worth their time: the best ones are asked for apart). All others go
-- through the index.
create function search_candidates(
  ent text, query tsquery, scope tsquery, pattern text, few integer, most integer, counted integer
)
returns setof search_candidate
language plpgsql stable rows 300
as $$
declare
  seen integer;
  near search_candidate[];
begin
  if scope is not null then
    select count(*) into seen from search_newest(ent, scope, null, null, 600, 3);
    if seen < 3 then
      near := search_narrow(ent, query, scope, pattern, 2000);
      if near is not null then
        return query select n.record_id, n.title, n.subtitle, n.folded, n.detail, n.core_start, n.core_length,
            n.updated, least(cardinality(near), counted)
          from unnest(near) n limit most;
        return;
      end if;
    end if;
  end if;
  if search_is_frequent(ent, query, scope, pattern) then
    select array_agg(n) into near from search_newest(ent, query, scope, pattern, 4000, few) n;
    if cardinality(near) >= few / 2 then
      return query select * from unnest(near);
      return;
    end if;
  end if;
  return query select * from search_indexed(ent, query, scope, pattern, most, counted);
end
$$;

-- All matches, or `most` of them where there are more: for lists. In a large base a needle that every fiftieth record bears
-- has more without counting them.
create function search_some(ent text, query tsquery, pattern text, most integer)
returns setof search_candidate
language plpgsql stable rows 300
as $$
begin
  if (select reltuples > most * 50 from pg_class where oid = 'search_doc'::regclass)
    and search_is_frequent(ent, query, null, pattern)
  then
    return query select null::uuid, null::text, null::text, null::text, null::text, null::smallint, null::smallint,
        null::double precision, -1
      from generate_series(1, most);
    return;
  end if;
  return query select * from search_indexed(ent, query, null, pattern, most, most);
end
$$;
