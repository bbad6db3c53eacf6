import { sql } from 'kysely';
import { z } from 'zod';
import type { Context, Db } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { forbidden, invalid } from '../errors/problem.ts';
import { auditSettings, readSetting, storeSetting } from '../settings/setting.ts';
import { seal, unseal } from './seal.ts';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    // Line breaks would let a value become a header of its own.
    .regex(/^\P{Cc}*$/u);

const shape = {
  host: line(253).min(1),
  port: z.int().min(1).max(65_535),
  /** `tls` from the first byte, `starttls` before anything is said, `none` in the clear. */
  security: z.enum(['tls', 'starttls', 'none']),
  /** Servers inside a company often sign their certificate themselves. */
  acceptSelfSigned: z.boolean(),
  user: line(200),
  from: z.email().max(200),
  fromName: line(100),
};

/** Settings as they are given; a password that is left out stays, unless it would go to another server. */
export const mailSettingsInput = z.strictObject({ ...shape, password: z.string().max(500).optional() });
export type MailSettingsInput = z.infer<typeof mailSettingsInput>;

/** Settings as they are shown; nobody reads the password again. */
export type MailSettings = Omit<MailSettingsInput, 'password'> & { hasPassword: boolean };

type Stored = Omit<MailSettingsInput, 'password'> & { password: string | null };

const KEY = 'mail';

const stored = async (db: Db): Promise<Stored | null> => (await readSetting<Stored>(db, KEY)) ?? null;

function shown({ password, ...rest }: Stored): MailSettings {
  return { ...rest, hasPassword: password !== null };
}

/** How mail is sent; null while no server is named. */
export async function readMailSettings(db: Db): Promise<MailSettings | null> {
  const settings = await stored(db);
  return settings && shown(settings);
}

/** Whether mail goes out at all. */
export const mailIsSetUp = async (db: Db): Promise<boolean> => (await stored(db)) !== null;

export interface SmtpServer extends Omit<MailSettings, 'hasPassword'> {
  password: string | null;
}

/** The server with its password in the clear, for sending only. */
export async function smtpServer(db: Db, secret: string): Promise<SmtpServer | null> {
  const settings = await stored(db);
  return settings && { ...settings, password: settings.password && unseal(secret, settings.password) };
}

/** Names the server mail goes through; administrators only. */
export async function changeMailSettings(
  ctx: Context,
  secret: string,
  input: MailSettingsInput,
): Promise<MailSettings> {
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  return inTransaction(ctx, async (inner) => {
    await sql`select pg_advisory_xact_lock(7245012)`.execute(inner.db);
    const before = await stored(inner.db);
    const { password: given, ...rest } = input;
    const kept = keptPassword(before, input);
    const password = given === undefined ? kept : given === '' ? null : seal(secret, given);
    if (rest.user && password === null) throw invalid([{ path: 'password', code: 'required' }]);
    const after: Stored = { ...rest, password };
    await storeSetting(inner.db, KEY, after, inner.principal.userId);
    await told(inner, before, after);
    return shown(after);
  });
}

/** A password goes to no other server or account than it was entered for. */
function keptPassword(before: Stored | null, { host, port, user }: MailSettingsInput): string | null {
  const same = before && before.host === host && before.port === port && before.user === user;
  return same ? before.password : null;
}

/** Sends no more mail; what waits is given up by the next look. */
export async function removeMailSettings(ctx: Context): Promise<void> {
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  await inTransaction(ctx, async (inner) => {
    const before = await stored(inner.db);
    await sql`delete from setting where key = ${KEY}`.execute(inner.db);
    if (before) await told(inner, before, null);
  });
}

async function told(ctx: Context, before: Stored | null, after: Stored | null): Promise<void> {
  const plain = (value: Stored | null) => value && `${value.user}@${value.host}:${value.port}`;
  await auditSettings(ctx, { mail: { before: plain(before), after: plain(after) } });
}
