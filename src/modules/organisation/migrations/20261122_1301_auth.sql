-- The sign-in library's own tables (better-auth with its two-factor plug-in), in its own schema and its own column names.
-- A person's row has the id of the record "user"; its mail is an internal name, see account/auth.ts.

create schema auth;

create table auth."user" (
  id uuid primary key references public."user" (id) on delete cascade,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "twoFactorEnabled" boolean
);

create table auth.session (
  id uuid primary key default uuidv7(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" (id) on delete cascade
);
create index "session_userId_idx" on auth.session ("userId");
create index "session_expiresAt_idx" on auth.session ("expiresAt");

create table auth.account (
  id uuid primary key default uuidv7(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null,
  "passwordChangedAt" timestamptz not null default now()
);
create unique index "account_provider_unique" on auth.account ("providerId", "accountId");
create index "account_userId_idx" on auth.account ("userId");

create table auth.verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index "verification_identifier_idx" on auth.verification (identifier);
create index "verification_expiresAt_idx" on auth.verification ("expiresAt");

create table auth."twoFactor" (
  id uuid primary key default uuidv7(),
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null unique references auth."user" (id) on delete cascade,
  verified boolean,
  "failedVerificationCount" integer default 0,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on auth."twoFactor" (secret);

-- The change interval counts from here, whatever wrote the password.
create function auth.password_changed() returns trigger language plpgsql as $$
begin
  new."passwordChangedAt" := now();
  return new;
end $$;
create trigger password_changed before update of password on auth.account for each row
  when (old.password is distinct from new.password) execute function auth.password_changed();

-- Whoever is no longer active is signed out in the same transaction, by whichever way that came about.
create function auth.end_sessions() returns trigger language plpgsql as $$
begin
  delete from auth.session where "userId" = new.id;
  return null;
end $$;
create trigger user_end_sessions after update of status, deleted_at on public."user" for each row
  when (new.status <> 'active' or new.deleted_at is not null) execute function auth.end_sessions();
