import { sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../platform/audit/audit.ts';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import type { Services } from '../../platform/context/services.ts';
import { inTransaction } from '../../platform/context/transaction.ts';
import { uuidv7 } from '../../platform/db/uuid.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { checkTemplate } from '../../platform/papers/check.ts';
import { packParts } from '../../platform/papers/docx.ts';
import { fillTemplate } from '../../platform/papers/fill.ts';
import { vocabularyOf } from '../../platform/papers/names.ts';
import { readTemplate } from '../../platform/papers/package.ts';
import type { PaperSpec } from '../../platform/papers/paper.ts';
import type { TemplateFile } from './upload.ts';

const optionalId = z.uuid().nullish();
const name = z.string().trim().min(1).max(100);

/** What a new template says of itself, as fields of a form. */
export const templateFields = z.strictObject({
  kind: z.string().max(60),
  name,
  legalEntity: optionalId,
  department: optionalId,
  usual: z.enum(['true', 'false']).default('false'),
  validFrom: z.iso.date().optional(),
  note: z.string().max(300).optional(),
});
export const versionFields = templateFields.pick({ validFrom: true, note: true });
export const templateBody = z.strictObject({
  name,
  legalEntity: optionalId,
  department: optionalId,
  usual: z.boolean(),
  retired: z.boolean(),
});

export function specNamed(services: Pick<Services, 'papers'>, kind: string): PaperSpec {
  const spec = services.papers.find((each) => each.name === kind);
  if (!spec) throw notFound();
  return spec;
}

/** A file held against what its kind of paper has: its parts anew, and what its words stand for. */
async function checked(ctx: Context, spec: PaperSpec, { content }: TemplateFile) {
  const parts = await readTemplate(content);
  const { problems, tags } = checkTemplate(parts.xml, vocabularyOf(spec.shape(ctx)));
  if (problems.length) throw invalid(problems);
  const clean = packParts(parts.files);
  // What is wrong beyond words shows when it is filled: better now than before a customer.
  await fillTemplate({ template: clean, tags, values: { texts: {}, loops: {} } });
  return { clean, tags };
}

export async function addTemplate(
  ctx: Context,
  services: Services,
  file: TemplateFile,
  fields: z.output<typeof templateFields>,
): Promise<{ id: string; edition: number }> {
  const spec = specNamed(services, fields.kind);
  const ready = await checked(ctx, spec, file);
  return inTransaction(ctx, async (inner) => {
    const id = uuidv7();
    await requireHome(inner, fields);
    await sql`insert into paper_template (id, kind, name, legal_entity_id, department_id, usual, created_by)
      values (${id}, ${spec.name}, ${fields.name}, ${fields.legalEntity ?? null}, ${fields.department ?? null},
        ${fields.usual === 'true'}, ${inner.principal.userId})`.execute(inner.db);
    if (fields.usual === 'true') await onlyUsual(inner, id);
    return addEdition(inner, id, file, ready, fields);
  });
}

export async function addVersion(
  ctx: Context,
  services: Services,
  id: string,
  file: TemplateFile,
  fields: z.output<typeof versionFields>,
): Promise<{ id: string; edition: number }> {
  const { rows } = await sql<{ kind: string }>`select kind from paper_template where id = ${id}`.execute(
    ctx.db,
  );
  if (!rows[0]) throw notFound();
  const ready = await checked(ctx, specNamed(services, rows[0].kind), file);
  return inTransaction(ctx, (inner) => addEdition(inner, id, file, ready, fields));
}

async function addEdition(
  ctx: Context,
  id: string,
  file: TemplateFile,
  { clean, tags }: Awaited<ReturnType<typeof checked>>,
  { validFrom = dayOf(ctx), note }: z.output<typeof versionFields>,
): Promise<{ id: string; edition: number }> {
  // Two uploads at once get two editions, one after the other.
  await sql`select id from paper_template where id = ${id} for update`.execute(ctx.db);
  const { rows } = await sql<{ edition: number }>`insert into paper_template_version
      (template_id, edition, valid_from, file_name, note, size, content, tags, created_by)
    select ${id}, coalesce(max(edition), 0) + 1, ${validFrom}::date, ${file.name}, ${note ?? null}, ${clean.length}, ${clean},
      ${JSON.stringify(tags)}::jsonb, ${ctx.principal.userId}
    from paper_template_version where template_id = ${id} returning edition`.execute(ctx.db);
  const edition = rows[0]?.edition ?? 1;
  await tell(ctx, id, { file: { before: null, after: `${file.name} (${edition})` } });
  return { id, edition };
}

export async function changeTemplate(
  ctx: Context,
  id: string,
  body: z.output<typeof templateBody>,
): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await requireHome(inner, body);
    const { rows } = await sql<{
      before: unknown;
    }>`select jsonb_build_object('name', name, 'usual', usual, 'retired', retired) as before
      from paper_template where id = ${id} for update`.execute(inner.db);
    if (!rows[0]) throw notFound();
    await sql`update paper_template set name = ${body.name}, legal_entity_id = ${body.legalEntity ?? null},
      department_id = ${body.department ?? null}, usual = ${body.usual}, retired = ${body.retired} where id = ${id}`.execute(
      inner.db,
    );
    if (body.usual) await onlyUsual(inner, id);
    const { name: after, usual, retired } = body;
    await tell(inner, id, { template: { before: rows[0].before, after: { name: after, usual, retired } } });
  });
}

/** One is usual for the same kind, legal entity and department. */
const onlyUsual = (ctx: Context, id: string) =>
  sql`update paper_template o set usual = false from paper_template t where t.id = ${id} and o.id <> t.id and o.kind = t.kind
    and o.legal_entity_id is not distinct from t.legal_entity_id and o.department_id is not distinct from t.department_id
    and o.usual`.execute(ctx.db);

async function requireHome(
  ctx: Context,
  {
    legalEntity,
    department,
  }: { legalEntity?: string | null | undefined; department?: string | null | undefined },
): Promise<void> {
  const { rows } = await sql<{ entity: boolean; department: boolean }>`select
    exists (select from legal_entity where id = ${legalEntity ?? null}::uuid and deleted_at is null) as entity,
    exists (select from department where id = ${department ?? null}::uuid and deleted_at is null) as department`.execute(
    ctx.db,
  );
  const problems = [
    ...(legalEntity && !rows[0]?.entity ? [{ path: 'legalEntity', code: 'unknown_reference' }] : []),
    ...(department && !rows[0]?.department ? [{ path: 'department', code: 'unknown_reference' }] : []),
  ];
  if (problems.length) throw invalid(problems);
}

const tell = (ctx: Context, id: string, changes: Record<string, { before: unknown; after: unknown }>) =>
  writeAudit(ctx, {
    action: 'settings_changed',
    entity: 'setting',
    recordId: null,
    note: `paper-template ${id}`,
    changes,
  });
