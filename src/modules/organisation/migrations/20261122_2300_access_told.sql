-- Whoever remembers who sends requests is told when that may have become untrue.
create function access_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('guanxi_access', '');
  return null;
end $$;
create trigger session_access after delete or update of token, "expiresAt", "userId" on auth.session
  for each statement execute function access_changed();
create trigger key_access after delete or update of key_hash, revoked_at, expires_at, user_id on api_key
  for each statement execute function access_changed();
create trigger user_access after delete or update of status, deleted_at, department_id, role_ids, language, time_zone on "user"
  for each statement execute function access_changed();
create trigger policy_access after update on policy_state
  for each statement execute function access_changed();
create trigger share_access after insert or delete or update on record_share
  for each statement execute function access_changed();
create trigger setting_access after insert or delete or update on setting
  for each statement execute function access_changed();
