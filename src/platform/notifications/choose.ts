import { z } from 'zod';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { forbidden, invalid } from '../errors/problem.ts';
import { mailIsSetUp } from '../mail/settings.ts';
import { auditSettings } from '../settings/setting.ts';
import { type Channels, MAIL_MODES, type NotificationKind } from './kind.ts';
import {
  channelsFor,
  companyPreferences,
  DEFAULT_PREFERENCES,
  overlaid,
  type Preferences,
  personalPreferences,
  type Stored,
  storeCompanyPreferences,
  storePersonalPreferences,
} from './preferences.ts';
import { kindLabel } from './read.ts';

const hour = z.int().min(0).max(23);

export const choice = z
  .strictObject({
    /** Null takes a kind back to what applies below it: the company's, or ours. */
    kinds: z.record(
      z.string().max(100),
      z.strictObject({ inApp: z.boolean().optional(), mail: z.enum(MAIL_MODES).optional() }).nullable(),
    ),
    digest: z.strictObject({ hour, weekday: z.int().min(1).max(7) }),
    quiet: z.strictObject({ from: hour, to: hour }).nullable(),
  })
  .partial();
export type Choice = z.infer<typeof choice>;

export interface ShownPreferences extends Pick<Preferences, 'digest' | 'quiet'> {
  kinds: (Channels & {
    name: string;
    label: string;
    importance: NonNullable<NotificationKind['importance']>;
    digestable: boolean;
  })[];
  /** Whether mail goes out at all. */
  mail: boolean;
}

/** What one is told of, and how; or what the company has set for all. */
export async function shownPreferences(ctx: Context, whose: 'own' | 'company'): Promise<ShownPreferences> {
  const { userId } = ctx.principal;
  const [company, personal, mail] = await Promise.all([
    companyPreferences(ctx.db),
    whose === 'own' && userId ? personalPreferences(ctx.db, [userId]) : new Map<string, Stored>(),
    mailIsSetUp(ctx.db),
  ]);
  const own = personal.get(userId ?? '');
  const { digest, quiet } = { ...DEFAULT_PREFERENCES, ...overlaid(company, own ?? {}) } as Preferences;
  const kinds = [...ctx.notificationKinds.values()].map((kind) => ({
    name: kind.name,
    label: kindLabel(ctx, kind.name),
    importance: kind.importance ?? ('normal' as const),
    digestable: kind.digestable !== false,
    ...channelsFor(kind, company, own),
  }));
  return { kinds, digest, quiet, mail };
}

/** Changes what one is told of. What is not named stays. */
export async function changeOwnPreferences(ctx: Context, change: Choice): Promise<void> {
  const { userId } = ctx.principal;
  if (!userId) throw forbidden();
  checkKinds(ctx, change);
  await inTransaction(ctx, async (inner) => {
    const before = (await personalPreferences(inner.db, [userId], true)).get(userId) ?? {};
    await storePersonalPreferences(inner.db, userId, changed(before, change));
  });
}

/** Changes what applies to all who have not chosen otherwise; administrators only. */
export async function changeCompanyPreferences(ctx: Context, change: Choice): Promise<void> {
  if (!ctx.policies.administrator) throw forbidden('administrator_required');
  checkKinds(ctx, change);
  await inTransaction(ctx, async (inner) => {
    const before = await companyPreferences(inner.db, true);
    const after = changed(before, change);
    await storeCompanyPreferences(inner.db, after, inner.principal.userId);
    await auditSettings(inner, { notifications: { before, after } });
  });
}

function checkKinds({ notificationKinds }: Context, { kinds }: Choice): void {
  const unknown = Object.keys(kinds ?? {}).filter((name) => !notificationKinds.has(name));
  if (unknown.length)
    throw invalid(unknown.map((name) => ({ path: `kinds.${name}`, code: 'unknown_field' })));
}

function changed(before: Stored, { kinds, ...rest }: Choice): Stored {
  const merged = overlaid(before, { ...rest, kinds: {} } as Stored);
  const all = { ...merged.kinds };
  for (const [name, channels] of Object.entries(kinds ?? {})) {
    if (channels === null) delete all[name];
    else all[name] = { ...all[name], ...(channels as Partial<Channels>) };
  }
  return { ...merged, kinds: all };
}
