import { sql } from 'kysely';
import { z } from 'zod';
import { type CommandSpec, defineCommand } from '../../../platform/command/command.ts';
import { asSystem, type Context } from '../../../platform/context/context.ts';
import { createRecord } from '../../../platform/entity/records.ts';
import { invalid, notFound, problem } from '../../../platform/errors/problem.ts';
import {
  type AccountServices,
  deactivateUser,
  inviteUser,
  mailInvitation,
  PARTNER_ROLE,
} from '../../organisation/public.ts';
import { ownUnits } from '../side.ts';

const HOURS = 72;

const person = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.string().trim().max(200).pipe(z.email()).optional(),
  phone: z.string().trim().min(5).max(40).optional(),
  username: z.string().trim().min(2).max(60).optional(),
});

/** What is done with a partner's own people: the house's business alone. */
export function peopleCommands(services: AccountServices): CommandSpec[] {
  const common = { entity: 'partner', on: 'one', action: 'update' } as const;
  return [
    defineCommand({
      ...common,
      name: 'invitePartnerPerson',
      secret: true,
      summary: 'Make an account for one of the partner’s people, and the link by which he chooses a password',
      input: person,
      run: async (ctx, { rows: [row], input }) => {
        if (!input.email && !input.phone && !input.username)
          throw invalid([{ path: 'email', code: 'required' }]);
        if (row?.status !== 'active') throw problem('partner_ended', { status: 409 });
        const id = await makePerson(ctx, row.unit_id as string, input);
        return { id, ...(await invite(asSystem(ctx, 'partner'), services, id)) };
      },
    }),
    defineCommand({
      ...common,
      name: 'remindPartnerPerson',
      secret: true,
      summary: 'Make a new link for one of the partner’s people who has not signed in yet',
      input: z.strictObject({ user: z.uuid() }),
      run: async (ctx, { rows: [row], input }) => {
        if (row?.status !== 'active') throw problem('partner_ended', { status: 409 });
        const { status } = await oneOf(ctx, row.unit_id as string, input.user);
        // Who has the link chooses the password: of an account in use that is an administrator's to give.
        if (status === 'active') throw problem('user_active', { status: 409 });
        return invite(asSystem(ctx, 'partner'), services, input.user);
      },
    }),
    defineCommand({
      ...common,
      name: 'blockPartnerPerson',
      summary: 'End the access of one of the partner’s people at once',
      input: z.strictObject({ user: z.uuid() }),
      run: async (ctx, { rows: [row], input }) => {
        await oneOf(ctx, row?.unit_id as string, input.user);
        await deactivateUser(asSystem(ctx, 'partner'), input.user);
      },
    }),
  ];
}

/** An account on a partner's side, which nobody can use before he is invited. */
export async function makePerson(ctx: Context, unit: string, values: object): Promise<string> {
  const system = asSystem(ctx, 'partner');
  const roles = [await partnerRole(system)];
  return (await createRecord(system, 'user', { ...values, department: unit, roles })).id;
}

async function invite(system: Context, services: AccountServices, userId: string) {
  const { token, user } = await inviteUser(system, userId);
  const link = `${services.baseUrl}/invitation/${token}`;
  return { link, mailed: await mailInvitation(system, services, user, link, HOURS) };
}

async function oneOf(ctx: Context, unit: string, user: string): Promise<{ status: string }> {
  const { rows } = await sql<{ status: string }>`select status from "user" where id = ${user}
    and department_id in ${ownUnits(unit)} and deleted_at is null`.execute(ctx.db);
  if (!rows[0]) throw notFound('user');
  return rows[0];
}

/** The role of partners' people; companies older than it get it with their first partner. */
async function partnerRole(system: Context): Promise<string> {
  await sql`select pg_advisory_xact_lock(7245015)`.execute(system.db);
  const { rows } = await sql<{ id: string }>`select id from role where code = ${PARTNER_ROLE.code}
    and deleted_at is null`.execute(system.db);
  if (rows[0]) return rows[0].id;
  const { code, name, description, permissions } = PARTNER_ROLE;
  const { language } = system.principal;
  const role = await createRecord(system, 'role', {
    code,
    name: name[language],
    description: description[language],
    permissions,
  });
  return role.id;
}

/** The partner's people, for its file: what they sign in with as far as the caller sees it of anybody. */
export async function peopleOf(ctx: Context, unit: string) {
  const { sees } = ctx.policies.for('user');
  const logins = ['email', 'phone', 'username'].filter(sees).map((name) => sql.ref(name));
  const { rows } = await sql<{ id: string; name: string; login: string | null; status: string }>`
    select id, name, ${logins.length ? sql`coalesce(${sql.join(logins)})` : sql`null::text`} as login, status from "user"
    where department_id in ${ownUnits(unit)} and deleted_at is null order by name, id limit 500`.execute(
    ctx.db,
  );
  return rows;
}
