import { createHash } from 'node:crypto';
import { problem } from '../errors/problem.ts';
import type { Translations } from '../i18n/translations.ts';
import { completeEntity } from './define.ts';
import type { Entity, EntitySpec, Field, FieldSpec, Part } from './types.ts';

/** Fields the administrator added to a declared record type, by record type. */
export type CustomFields = Readonly<Record<string, Record<string, FieldSpec>>>;

/** All record types as they stand now. Immutable: a change of fields or types makes a new registry. */
export interface Registry {
  /** Differs whenever any declaration differs. */
  version: string;
  words: Translations;
  entities: readonly Entity[];
  byName: ReadonlyMap<string, Entity>;
  byPlural: ReadonlyMap<string, Entity>;
  /** Reference fields that point to a record type. */
  referrers: ReadonlyMap<string, readonly { entity: Entity; field: Field }[]>;
}

export function buildRegistry(
  declared: readonly EntitySpec[],
  words: Translations,
  customFields: CustomFields = {},
): Registry {
  const complete = (spec: EntitySpec, parts: readonly Part[] = []) =>
    completeEntity({ ...spec, fields: { ...spec.fields, ...customFields[spec.name] } }, words, parts);
  const parts = declared.filter(({ partOf }) => partOf).map((spec) => complete(spec));
  const entities = declared.map(
    (spec) =>
      parts.find(({ name }) => name === spec.name) ??
      complete(
        spec,
        parts.flatMap((entity) => partFor(spec, entity)),
      ),
  );
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const referrers = new Map<string, { entity: Entity; field: Field }[]>(
    entities.map(({ name }) => [name, []]),
  );
  for (const entity of entities) {
    if (!entity.fields[entity.title])
      throw new Error(`${entity.name}: its title field ${entity.title} is not declared`);
    for (const field of [...entity.fieldList, ...entity.factList]) {
      if (!field.to) continue;
      if (!byName.has(field.to))
        throw new Error(`${entity.name}.${field.name} refers to ${field.to}, which is not declared`);
      // A derived reference is derived anew; nothing needs to follow it.
      if (!field.fact) referrers.get(field.to)?.push({ entity, field });
    }
  }
  return Object.freeze({
    version: createHash('sha256').update(JSON.stringify(entities)).digest('hex').slice(0, 16),
    words,
    entities,
    byName,
    byPlural: new Map(entities.map((entity) => [entity.plural, entity])),
    referrers,
  });
}

/** How rows of a part belong to a record type, if they do. */
function partFor(head: EntitySpec, entity: Entity): Part[] {
  const { field, as } = entity.partOf as { field: string; as: string };
  const link = entity.fields[field];
  if (link?.to !== head.name) return [];
  if (JSON.stringify(entity.scope) !== JSON.stringify(head.scope))
    throw new Error(`${entity.name} is a part of ${head.name} and must have its scope`);
  return [{ name: as, entity, head: link }];
}

/** The record type of which rows are a part. */
export const headOf = (entity: Entity): string | undefined =>
  entity.partOf && entity.fields[entity.partOf.field]?.to;

/** The record type of a name; unknown names are the caller's mistake (404). */
export function entityNamed(registry: Registry, name: string): Entity {
  const entity = registry.byName.get(name);
  if (!entity) throw problem('unknown_entity', { status: 404, params: { name } });
  return entity;
}

/** By which reference records of a type hang on those of another; `unless` they hang on that one by now. */
export function hangsBy(child: Entity, on: string): { field: Field; unless: Field | null } | null {
  const [root, before] = [rootField(child), standInField(child)];
  if (root?.to === on) return { field: root, unless: null };
  return before?.to === on ? { field: before, unless: root } : null;
}

/** Whether its owner is who has to do it, so that it stays in his sight, and in that of his superiors where its root is of no department. */
export const isAssigned = ({ scope }: Entity): boolean => scope.kind === 'child' && scope.assigned === true;

/** What stands in for the root of a child as long as it has none. */
export function standInField(entity: Entity): Field | null {
  return entity.scope.kind === 'child' && entity.scope.until
    ? (entity.fields[entity.scope.until] ?? null)
    : null;
}

/** The root reference of a child record type, if it has one. */
export function rootField(entity: Entity): Field | null {
  return entity.scope.kind === 'child' ? (entity.fields[entity.scope.of] ?? null) : null;
}
