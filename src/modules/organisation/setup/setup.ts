import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Context, Principal } from '../../../platform/context/context.ts';
import { type Services, systemContext } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { createRecord } from '../../../platform/entity/records.ts';
import { parseBody } from '../../../platform/entity/schema.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { requireGoodPassword } from '../account/password-rules.ts';
import { hashPassword, storePassword } from '../account/stored-password.ts';
import { createApiKey } from '../api-key/api-key.ts';
import { DEFAULT_ROLES } from '../role/defaults.ts';
import { storeKnownTypes } from '../role/upgrade.ts';
import type { AccountServices } from '../services.ts';
import { DEFAULT_SETTINGS, isSetUp, storeSettings } from '../settings/settings.ts';
import { firstAdministrator } from '../user/administrators.ts';
import { personContext } from '../user/context.ts';

export const setupInput = z.strictObject({
  company: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(100),
  email: z.string().trim().max(200).pipe(z.email()),
  password: z.string().max(500),
  language: z.enum(['zh', 'en']).default('zh'),
});
export type SetupInput = z.input<typeof setupInput>;

/**
 * Founds the company: its settings, its first roles, and the first administrator with the given password. Happens once;
 * throws `already_set_up` (409) ever after, and `invalid` naming the field for bad input.
 */
export async function setupCompany(
  services: AccountServices,
  input: SetupInput,
  cause: Principal['cause'] = { kind: 'commandLine' },
  ip: string | null = null,
): Promise<{ userId: string }> {
  if (await isSetUp(services.db)) throw problem('already_set_up', { status: 409 });
  const { company, name, email, password, language } = parseBody(setupInput, input);
  requireGoodPassword(password, DEFAULT_SETTINGS.passwordRules, { name, email });
  const hash = await hashPassword(services.auth, password);
  const ctx = { ...(await systemContext(services, cause)), ip };
  const founded = await inTransaction(ctx, async (inner) => {
    // Of two set-ups at the same time, the second sees the first one's company.
    await sql`select pg_advisory_xact_lock(7245013)`.execute(inner.db);
    if (await isSetUp(inner.db)) throw problem('already_set_up', { status: 409 });
    await storeSettings(inner.db, { ...DEFAULT_SETTINGS, companyName: company, language }, null);
    await storeKnownTypes(inner);
    const administrator = await createRoles(inner, language);
    const user = await createRecord(inner, 'user', { name, email, language, roles: [administrator] });
    await storePassword(inner.db, { id: user.id, name }, hash);
    await sql`update "user" set status = 'active' where id = ${user.id}`.execute(inner.db);
    await writeAudit(inner, { action: 'set_up', entity: 'user', recordId: user.id });
    return { userId: user.id };
  });
  services.forgetSettings();
  return founded;
}

/** Returns the id of the administrator's role. */
async function createRoles(ctx: Context, language: 'zh' | 'en'): Promise<string> {
  const ids = new Map<string, string>();
  for (const { code, name, description, permissions } of DEFAULT_ROLES) {
    const role = await createRecord(ctx, 'role', {
      code,
      name: name[language],
      description: description[language],
      permissions,
    });
    ids.set(code, role.id);
  }
  return ids.get('administrator')!;
}

/**
 * Makes an API key on the command line. It acts as the given user, else as the first administrator.
 * Throws `not_set_up` (409) while there is no company.
 */
export async function createApiKeyFromCommandLine(
  services: Services,
  input: { name: string; userId?: string | undefined },
): Promise<{ id: string; key: string }> {
  const administrator = await firstAdministrator(services.db);
  if (!administrator) throw problem('not_set_up', { status: 409 });
  const ctx = await systemContext(services, { kind: 'commandLine' });
  const { id, key } = await createApiKey(ctx, { name: input.name, userId: input.userId ?? administrator });
  return { id, key };
}

/** The first administrator as a principal: for work the command line does with a person's name and rights. */
export async function administratorContext(services: Services): Promise<Context> {
  const userId = await firstAdministrator(services.db);
  if (!userId) throw problem('not_set_up', { status: 409 });
  return personContext(services, { id: userId }, { kind: 'commandLine' });
}
