import { sql } from 'kysely';
import { z } from 'zod';
import type { Context, Db } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { META_CHANNEL } from '../../../platform/customisation/watch.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { isCurrency } from '../../../platform/money/currencies.shared.ts';
import { auditSettings, storeSetting } from '../../../platform/settings/setting.ts';
import { type BusinessDays, DEFAULT_BUSINESS_DAYS } from '../../../platform/time/business-calendar.ts';
import { parseDateText } from '../../../platform/time/instant.shared.ts';
import type { PasswordRules } from '../account/password-rules.ts';
import { isTimeZone } from './time-zone.ts';

/** What applies to the whole company. */
export interface Settings {
  companyName: string;
  /** ISO 4217, of what money is summed in. */
  currency: string;
  /** IANA name; of people who have not chosen their own. */
  timeZone: string;
  language: 'zh' | 'en';
  passwordRules: PasswordRules;
  /** When the company works: beyond the national calendar. */
  businessDays: BusinessDays;
  /** The month, 1 to 12, the company's year begins with: of targets, plans and assessments. */
  yearBegins: number;
}

export const DEFAULT_SETTINGS: Settings = {
  companyName: '',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  language: 'zh',
  passwordRules: { minLength: 8, maxAgeDays: 0 },
  businessDays: DEFAULT_BUSINESS_DAYS,
  yearBegins: 1,
};

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const inOrder = (hours: readonly (readonly [string, string])[]) =>
  hours.flat().every((time, at, all) => at === 0 || (all[at - 1] as string) < time);

const businessDays = z.strictObject({
  days: z
    .record(
      z.string().refine((day) => parseDateText(day) !== undefined),
      z.enum(['work', 'rest']),
    )
    .refine((days) => Object.keys(days).length <= 2000),
  hours: z
    .array(z.tuple([clock, clock]))
    .min(1)
    .max(6)
    .refine(inOrder),
});

export const settingsPatch = z.strictObject({
  companyName: z.string().trim().min(1).max(200).optional(),
  currency: z.string().refine(isCurrency).optional(),
  timeZone: z.string().max(60).refine(isTimeZone).optional(),
  language: z.enum(['zh', 'en']).optional(),
  passwordRules: z
    .strictObject({
      minLength: z.int().min(8).max(64).optional(),
      maxAgeDays: z.int().min(0).max(3650).optional(),
    })
    .optional(),
  /** Named, it is the whole of it. */
  businessDays: businessDays.optional(),
  yearBegins: z.int().min(1).max(12).optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatch>;

interface Stored {
  company?: {
    name?: string;
    currency?: string;
    timeZone?: string;
    language?: 'zh' | 'en';
    yearBegins?: number;
  };
  passwordRules?: Partial<PasswordRules>;
  businessDays?: BusinessDays;
}

/** The settings, with defaults for what nobody set. */
export async function readSettings(db: Db): Promise<Settings> {
  const rows = await db
    .selectFrom('setting')
    .select(['key', 'value'])
    .where('key', 'in', ['company', 'passwordRules', 'businessDays'])
    .execute();
  const {
    company,
    passwordRules,
    businessDays: days,
  } = Object.fromEntries(rows.map(({ key, value }) => [key, value])) as Stored;
  return {
    companyName: company?.name ?? DEFAULT_SETTINGS.companyName,
    currency: company?.currency ?? DEFAULT_SETTINGS.currency,
    timeZone: company?.timeZone ?? DEFAULT_SETTINGS.timeZone,
    language: company?.language ?? DEFAULT_SETTINGS.language,
    passwordRules: { ...DEFAULT_SETTINGS.passwordRules, ...passwordRules },
    businessDays: days ?? DEFAULT_SETTINGS.businessDays,
    yearBegins: company?.yearBegins ?? DEFAULT_SETTINGS.yearBegins,
  };
}

/** Whether the company has been set up. */
export async function isSetUp(db: Db): Promise<boolean> {
  const row = await db.selectFrom('setting').select('key').where('key', '=', 'company').executeTakeFirst();
  return row !== undefined;
}

/** Changes settings; administrators only. What is not named stays. */
export async function changeSettings(ctx: Context, patch: SettingsPatch): Promise<Settings> {
  if (!ctx.policies.administrator) throw forbidden();
  return inTransaction(ctx, async (inner) => {
    await sql`select pg_advisory_xact_lock(7245011)`.execute(inner.db);
    const before = await readSettings(inner.db);
    const after = { ...before, ...patch, passwordRules: { ...before.passwordRules, ...patch.passwordRules } };
    // Each amount is kept in the company's currency besides: those there are would go on under another sign.
    if (after.currency !== before.currency && (await amountsExist(inner)))
      throw problem('currency_in_use', { status: 409, params: { currency: before.currency } });
    await storeSettings(inner.db, after, inner.principal.userId);
    const changed = (Object.keys(after) as (keyof Settings)[]).filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    );
    if (changed.length) {
      const changes = Object.fromEntries(
        changed.map((key) => [key, { before: before[key], after: after[key] }]),
      );
      await auditSettings(inner, changes);
    }
    return after;
  });
}

/** Whether any record, also one in the recycle bin, holds an amount, or says what another currency is worth in the company's. */
async function amountsExist({ db, registry }: Pick<Context, 'db' | 'registry'>): Promise<boolean> {
  const held = registry.entities.flatMap((entity) => {
    const amounts = entity.fieldList.filter(({ kind, fact }) => kind === 'money' && !fact);
    if (amounts.length === 0) return [];
    const any = amounts.map(({ column }) => sql`${sql.ref(column)} is not null`);
    return [sql<boolean>`exists (select from ${sql.table(entity.table)} where ${sql.join(any, sql` or `)})`];
  });
  const rates = registry.byName.get('exchangeRate');
  if (rates) held.push(sql<boolean>`exists (select from ${sql.table(rates.table)})`);
  if (held.length === 0) return false;
  const { rows } = await sql<{ any: boolean }>`select (${sql.join(held, sql` or `)}) as any`.execute(db);
  return rows[0]?.any === true;
}

export async function storeSettings(db: Db, settings: Settings, by: string | null): Promise<void> {
  const {
    companyName: name,
    currency,
    timeZone,
    language,
    passwordRules,
    businessDays: days,
    yearBegins,
  } = settings;
  // Told when the transaction has committed.
  await sql`select pg_notify(${META_CHANNEL}, '')`.execute(db);
  const entries = {
    company: { name, currency, timeZone, language, yearBegins },
    passwordRules,
    businessDays: days,
  };
  for (const [key, value] of Object.entries(entries)) {
    await storeSetting(db, key, value, by);
  }
}

const FRESH_MS = 5000;

/**
 * The settings for the hot path: read at most every five seconds. Who changes them calls `forget`; other processes do when they are
 * told on the channel of record types and settings, and within those five seconds if the word is lost.
 */
export function createSettingsReader(db: Db): { read(): Promise<Settings>; forget(): void } {
  let known: { settings: Promise<Settings>; at: number } | null = null;
  return {
    read: () => {
      if (!known || performance.now() - known.at > FRESH_MS) {
        const settings = readSettings(db);
        const mine = { settings, at: performance.now() };
        known = mine;
        settings.catch(() => {
          if (known === mine) known = null;
        });
      }
      return known.settings;
    },
    forget: () => {
      known = null;
    },
  };
}
