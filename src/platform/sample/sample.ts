import { sql } from 'kysely';
import { type CommandSpec, runCommand } from '../command/command.ts';
import type { Context } from '../context/context.ts';
import type { Draft } from '../entity/behaviour.ts';
import { createDrafts } from '../entity/records.ts';
import { entityNamed } from '../entity/registry.ts';
import { invalid } from '../errors/problem.ts';

/** A customer of the sample company, as far as modules need to know it. */
export interface SampleFile {
  id: string;
  name: string;
  owner: string;
  /** Days since somebody last spoke with it, or since it was entered. */
  idleDays: number;
  contacts: { id: string; name: string }[];
}

/** The sample company as it stands when modules add theirs. */
export interface SampleCompany {
  /** Who set the company up: he looks at it, so that something of his own should be there. */
  administrator: string;
  departments: Readonly<Record<string, string>>;
  /** By department, whoever leads it first. */
  people: Readonly<Record<string, string[]>>;
  /** The administrator's own come first. */
  customers: readonly SampleFile[];
}

/** What a module adds to the company that people try the product on, in the transaction that makes all of it. */
export type SampleFiller = (ctx: Context, company: SampleCompany) => Promise<void>;

/** Creates records; a sample that does not fit the declarations is a mistake of ours and is told in full. */
export async function sampleRecords(
  ctx: Context,
  entity: string,
  values: Record<string, unknown>[],
): Promise<Draft[]> {
  const drafts = await createDrafts(ctx, entityNamed(ctx.registry, entity), values);
  const problems = drafts.flatMap((draft) => draft.problems);
  if (problems.length) throw invalid(problems.slice(0, 20));
  return drafts;
}

/** The same context some days ago: what is done in it was done then. */
export const daysAgo = (ctx: Context, days: number): Context => ({
  ...ctx,
  now: Temporal.Instant.from(ctx.now)
    .subtract({ hours: 24 * days })
    .toString(),
});

/** The same context in the hands of one of the company's people: what is done in it is his doing. */
export const by = (ctx: Context, person: string): Context => ({
  ...ctx,
  principal: { ...ctx.principal, userId: person },
});

/** Ids of what is in a table already, by one of its columns. */
export async function sampleIds(
  ctx: Context,
  table: string,
  column: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{
    id: string;
    key: string;
  }>`select id, ${sql.ref(column)} as key from ${sql.table(table)}
    where deleted_at is null and ${sql.ref(column)} is not null`.execute(ctx.db);
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Does with a record what people do with it, by the command of this name and the record type it is for. */
export async function performNamed(
  ctx: Context,
  commands: readonly CommandSpec[],
  name: string,
  id: string,
  input: Record<string, unknown> = {},
  entity?: string,
): Promise<unknown> {
  const command = commands.find((each) => each.name === name && (!entity || each.entity === entity));
  if (!command) throw new Error(`the sample knows no command ${name}`);
  return runCommand(ctx, command, [id], input);
}
