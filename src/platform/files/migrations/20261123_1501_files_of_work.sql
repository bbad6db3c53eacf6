-- Files on visits, meetings, promises and call-backs.
alter table "attachment" add column "visit_id" uuid;
alter table "attachment" add column "meeting_id" uuid;
alter table "attachment" add column "promise_id" uuid;
alter table "attachment" add column "call_back_id" uuid;
create index "attachment_visit_id_idx" on "attachment" ("visit_id") where deleted_at is null and "visit_id" is not null;
create index "attachment_meeting_id_idx" on "attachment" ("meeting_id") where deleted_at is null and "meeting_id" is not null;
create index "attachment_promise_id_idx" on "attachment" ("promise_id") where deleted_at is null and "promise_id" is not null;
create index "attachment_call_back_id_idx" on "attachment" ("call_back_id") where deleted_at is null and "call_back_id" is not null;
