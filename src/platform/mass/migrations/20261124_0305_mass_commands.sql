-- A command on very many records runs as a mass action does; taking it back is the command's own affair.
alter table mass_action drop constraint mass_action_action_check;
alter table mass_action add constraint mass_action_action_check
  check (action in ('update', 'transfer', 'delete', 'restore', 'undo', 'command'));
alter table mass_action add column command text;
