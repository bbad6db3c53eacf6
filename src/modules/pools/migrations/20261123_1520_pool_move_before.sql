-- What a move took away, so that it can be taken back: the department, and how the customer stood towards its pool.
alter table pool_move add column from_department uuid;
alter table pool_move add column state jsonb;
