-- Who sees what hangs on a customer follows from the customer alone; what hangs on nothing is its owner's, as if it were
-- its own root. A task stays with whoever has to do it.
do $$
declare
  kind record;
  hash integer;
  code text;
  letters constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
begin
  for kind in
    select * from (values ('contact', 'customer_id', false), ('activity', 'customer_id', false),
      ('attachment', 'customer_id', false), ('task', 'customer_id', true)) declared (name, root, assigned)
    union all
    select name, (spec->>'parent') || '_id', false from record_type
      where spec->>'scope' = 'child' and erased_at is null
  loop
    execute format('update %I set root_owner_id = owner_id where %I is null and owner_id is not null', kind.name, kind.root);
    execute format('update timeline l set root_owner_id = t.owner_id from %I t
      where l.entity = %L and l.record_id = t.id and t.%I is null', kind.name, kind.name, kind.root);
    continue when kind.assigned;
    -- The author's token leaves the search index: src/platform/search/tokens.ts says how it is written.
    hash := 7;
    for at in 1 .. length(kind.name) loop
      hash := (hash * 31 + ascii(substr(kind.name, at, 1))) % 3844;
    end loop;
    code := substr(letters, hash / 62 + 1, 1) || substr(letters, hash % 62 + 1, 1);
    execute format('update search_doc d set owner_id = null, root_owner_id = t.root_owner_id,
        tokens = ts_delete(d.tokens, %L || translate(rtrim(encode(uuid_send(t.owner_id), ''base64''), ''=''), ''+/'', ''-_''))
      from %I t where d.entity = %L and d.record_id = t.id and t.owner_id is not null
        and t.owner_id is distinct from t.root_owner_id', code || 'o', kind.name, kind.name);
  end loop;
end
$$;
