import { ownerColumns } from '../access/policy.ts';
import type { Context } from '../context/context.ts';
import type { Row } from '../entity/behaviour.ts';
import type { Entity, Field } from '../entity/types.ts';
import { deleteDocs, upsertDocs } from './documents.ts';
import type { SearchClass, SearchSource } from './types.ts';

/** Brings the search index up to date with rows, in the transaction that wrote them. */
export async function indexRows(ctx: Context, entity: Entity, rows: Row[]): Promise<void> {
  if (rows.length === 0 || !isSearchable(entity)) return;
  await upsertDocs(
    ctx.db,
    rows.map((row) => searchSource(entity, row)),
  );
}

export async function removeFromIndex(ctx: Context, entity: string, ids: string[]): Promise<void> {
  await deleteDocs(ctx.db, entity, ids);
}

/** Of these classes those that hold no personal data. */
export function openClasses(entity: Entity, classes: readonly SearchClass[]): SearchClass[] {
  const personal = new Set(entity.fieldList.flatMap((field) => (field.sensitive && field.search) || []));
  return classes.filter((name) => !personal.has(name));
}

export const isSearchable = (entity: Entity) => entity.fieldList.some((field) => field.search);

/** What a row gives to search, by the search class of its fields. The second line of a hit is read when it is shown. */
export function searchSource(entity: Entity, row: Row): SearchSource {
  const values = (wanted: SearchClass) =>
    entity.fieldList.filter((field) => field.search === wanted).flatMap((field) => texts(field, row));
  const owners = ownerColumns(entity);
  const title = String(row[entity.fields[entity.title]?.column ?? 'id'] ?? '');
  const names = entity.fieldList
    .filter((field) => field.search === 'name')
    .flatMap((field) =>
      texts(field, row).map((text) => ({ text, person: field.personName ?? row.kind === 'person' })),
    );
  return {
    entity: entity.name,
    id: row.id as string,
    title,
    names,
    cities: values('city'),
    phones: values('phone'),
    mails: values('mail'),
    taxNumbers: values('tax'),
    numbers: values('number'),
    texts: values('text'),
    ownerId: owners.includes('owner_id') ? ((row.owner_id as string | null) ?? null) : null,
    rootOwnerId: owners.includes('root_owner_id') ? ((row.root_owner_id as string | null) ?? null) : null,
    departmentId: entity.scope.kind === 'open' ? null : ((row.department_id as string | null) ?? null),
    updatedAt: row.updated_at as string,
  };
}

function texts(field: Field, row: Row): string[] {
  const value = row[field.column];
  if (Array.isArray(value)) return value.map(String);
  return value === null || value === undefined || value === '' ? [] : [String(value)];
}
