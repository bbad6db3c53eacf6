import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { inTransaction } from '../context/transaction.ts';
import { problem } from '../errors/problem.ts';
import { translate } from '../i18n/translations.ts';
import type { Given, OtherWork } from '../ownership/rules.ts';
import { replacePerson } from './decide.ts';
import { writeHistory } from './store.ts';

/** Decisions that wait for a person, or will: another decides in his place once he is gone. */
const decisions: OtherWork = {
  name: 'approval',
  label: 'handover.approvals',
  async open(ctx, people) {
    const { rows } = await sql<{ id: string; person: string; number: string; subject: string }>`
      select a.id, u.id as person, a.number, a.subject from approval a join "user" u on u.id in ${people}
      where a.status = 'running' and (jsonb_path_exists(a.state,
          '$.steps[*] ? (@.state != "done").seats[*] ? (@.person == $p && (@.state == "open" || @.state == "waiting"))',
          jsonb_build_object('p', u.id))
        or jsonb_path_exists(a.state,
          '$.steps[*] ? (@.state == "waiting" && !exists(@.seats[*])).added.people[*] ? (@ == $p)',
          jsonb_build_object('p', u.id)))
      order by a.id`.execute(ctx.db);
    return rows.map((row) => ({ id: row.id, person: row.person, title: titleOf(ctx, row) }));
  },
  async give(ctx, from, items) {
    for (const { id, to } of items) await replacePerson(ctx, id, { from, to });
  },
  giveBack: (ctx, from, items) =>
    each(items, ({ id, to }) => replacePerson(ctx, id, { from: to, to: from, back: true })),
};

/** Absences of others in which a person stands in for them. */
const standingIn: OtherWork = {
  name: 'approvalDelegation',
  label: 'handover.delegations',
  async open(ctx, people) {
    const { rows } = await sql<{ id: string; person: string; title: string }>`
      select d.id, d.to_id as person, p.name as title from approval_delegation d join "user" p on p.id = d.person_id
      where d.to_id in ${people} and d.ends_at > ${ctx.now} order by d.id`.execute(ctx.db);
    return rows;
  },
  async give(ctx, from, items) {
    for (const { id, to } of items) {
      // Nobody stands in for himself: he decides again.
      await sql`delete from approval_delegation where id = ${id} and to_id = ${from} and person_id = ${to}`.execute(
        ctx.db,
      );
      await sql`update approval_delegation set to_id = ${to} where id = ${id} and to_id = ${from}`.execute(
        ctx.db,
      );
    }
  },
  giveBack: (ctx, from, items) =>
    each(items, async ({ id, to }) => {
      const { rows } =
        await sql`update approval_delegation set to_id = ${from} where id = ${id} and to_id = ${to}
        and ends_at > ${ctx.now} returning id`.execute(ctx.db);
      return rows.length > 0;
    }),
};

/** Approvals he began that came back to be mended: whoever gets one submits it again or withdraws it, as if he had begun it. */
const returned: OtherWork = {
  name: 'approvalReturned',
  label: 'handover.returned',
  async open(ctx, people) {
    const { rows } = await sql<{ id: string; person: string; number: string; subject: string }>`
      select id, started_by as person, number, subject from approval
      where status = 'returned' and started_by in ${people} order by id`.execute(ctx.db);
    return rows.map((row) => ({ id: row.id, person: row.person, title: titleOf(ctx, row) }));
  },
  async give(ctx, from, items) {
    // Withdrawn or sent again meanwhile.
    for (const { id, to } of items)
      if (!(await changeStarter(ctx, id, from, to))) throw problem('handover_changed', { status: 409 });
  },
  giveBack: (ctx, from, items) => each(items, ({ id, to }) => changeStarter(ctx, id, to, from)),
};

/** Whoever began it may not decide it either, where its flow says so. */
async function changeStarter(ctx: Context, id: string, from: string, to: string): Promise<boolean> {
  return inTransaction(ctx, async (inner) => {
    const { rows } = await sql`update approval set started_by = ${to},
        state = case when state ->> 'self' = ${from}::text then jsonb_set(state, '{self}', to_jsonb(${to}::text)) else state end
      where id = ${id} and status = 'returned' and started_by = ${from} returning id`.execute(inner.db);
    if (rows.length) await writeHistory(inner, id, [{ kind: 'handed', people: [to] }]);
    return rows.length > 0;
  });
}

const titleOf = (ctx: Context, { number, subject }: { number: string; subject: string }): string =>
  `${number} ${translate(ctx.registry.words, ctx.principal.language, `approval.subject.${subject}`)}`;

/** What of approvals a person leaves behind. */
export const approvalWork: readonly OtherWork[] = [decisions, returned, standingIn];

/** The ids for which the work was done. */
async function each(items: readonly Given[], work: (item: Given) => Promise<boolean>): Promise<string[]> {
  const done: string[] = [];
  for (const item of items) if (await work(item)) done.push(item.id);
  return done;
}
