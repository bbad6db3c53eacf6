-- What a waiting mail tells of: records, and the notifications it was written from. Emptied with its content.
alter table mail_message add column about uuid[] not null default '{}';
