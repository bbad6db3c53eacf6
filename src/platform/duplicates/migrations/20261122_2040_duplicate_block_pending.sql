-- A look-up reads what waits to be sorted in as a whole: little may wait, so that one record is found in a moment.
alter index duplicate_block_keys set (gin_pending_list_limit = 256);
