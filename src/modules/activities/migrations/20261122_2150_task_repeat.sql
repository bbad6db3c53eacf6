-- Tasks that remind, repeat, and are told to the manager when long overdue.
alter table "task" add column "remind_at" timestamptz;
alter table "task" add column "escalate_at" timestamptz;
alter table "task" add column "repeat" text;
alter table "task" add column "repeat_shift" text;
alter table "task" add column "repeat_until" date;
alter table "task" add column "repeat_from" date;
alter table "task" add column "next_task_id" uuid;
create index "task_remind_at_idx" on "task" ("remind_at") where deleted_at is null and "remind_at" is not null;
create index "task_escalate_at_idx" on "task" ("escalate_at") where deleted_at is null and "escalate_at" is not null;
create index "task_repeat_idx" on "task" ("repeat") where deleted_at is null and "repeat" is not null;
