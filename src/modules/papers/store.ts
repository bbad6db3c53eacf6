import { sql } from 'kysely';
import type { Context } from '../../platform/context/context.ts';
import { dayOf } from '../../platform/context/day.ts';
import type { PaperHome } from '../../platform/papers/paper.ts';

/** A template as those who manage it see it. */
export interface TemplateRow {
  id: string;
  kind: string;
  name: string;
  legalEntity: { id: string; title: string | null } | null;
  department: { id: string; title: string | null } | null;
  usual: boolean;
  retired: boolean;
  versions: {
    edition: number;
    validFrom: string;
    fileName: string;
    note: string | null;
    size: number;
    createdAt: string;
    createdBy: string | null;
  }[];
}

/** The version of a template that holds on a day. */
export interface InForce {
  id: string;
  name: string;
  usual: boolean;
  edition: number;
  tags: Record<string, string>;
}

/** All templates with their versions, newest first; contents are not among them. */
export async function allTemplates(ctx: Context): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`select t.id, t.kind, t.name, t.usual, t.retired,
      case when t.legal_entity_id is not null then jsonb_build_object('id', t.legal_entity_id, 'title', l.name) end as "legalEntity",
      case when t.department_id is not null then jsonb_build_object('id', t.department_id, 'title', d.name) end as department,
      (select coalesce(jsonb_agg(jsonb_build_object('edition', v.edition, 'validFrom', v.valid_from, 'fileName', v.file_name,
          'note', v.note, 'size', v.size, 'createdAt', v.created_at, 'createdBy', u.name) order by v.edition desc), '[]')
        from paper_template_version v left join "user" u on u.id = v.created_by where v.template_id = t.id) as versions
    from paper_template t left join legal_entity l on l.id = t.legal_entity_id left join department d on d.id = t.department_id
    order by t.kind, t.retired, t.usual desc, t.name limit 500`.execute(ctx.db);
  return rows;
}

/**
 * The templates for a paper of a record, the usual one first: those of its legal entity and department go before those for
 * all; those of another are not for it.
 */
export async function templatesFor(ctx: Context, kind: string, home: PaperHome): Promise<InForce[]> {
  const { rows } = await sql<InForce>`
    with recursive above as (
      select id, parent_id, 0 as far from department where id = ${home.department}::uuid
      union all select d.id, d.parent_id, a.far + 1 from department d join above a on d.id = a.parent_id where a.far < 50
    )
    select t.id, t.name, t.usual, v.edition, v.tags from paper_template t
      left join above a on a.id = t.department_id
      join lateral (
        select edition, tags from paper_template_version v where v.template_id = t.id and v.valid_from <= ${dayOf(ctx)}::date
        order by v.valid_from desc, v.edition desc limit 1
      ) v on true
    where t.kind = ${kind} and not t.retired
      and (t.legal_entity_id is null or t.legal_entity_id = ${home.legalEntity}::uuid)
      and (t.department_id is null or a.id is not null)
    order by t.legal_entity_id is null, t.department_id is null, a.far, t.usual desc, t.name, t.id limit 100`.execute(
    ctx.db,
  );
  return rows;
}

export async function contentOf(
  ctx: Context,
  template: string,
  edition: number,
): Promise<{ content: Buffer; fileName: string } | undefined> {
  const { rows } = await sql<{ content: Buffer; fileName: string }>`select content, file_name as "fileName"
    from paper_template_version where template_id = ${template} and edition = ${edition}`.execute(ctx.db);
  return rows[0];
}
