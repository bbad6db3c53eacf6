-- Who ended a link, beside when.
alter table quote_link add column revoked_by uuid;
