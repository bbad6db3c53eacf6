import { labelsOf, type Translations, translationList } from '../i18n/translations.ts';
import type { Entity, EntitySpec, Field, FieldSpec, Part } from './types.ts';

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The column (of a money field, the amount's) that holds a field. */
export function columnOf(name: string, spec: Pick<FieldSpec, 'kind'>): string {
  if (name === 'createdBy' || name === 'updatedBy') return snake(name);
  if (spec.kind === 'reference') return `${snake(name)}_id`;
  if (spec.kind === 'references') return `${snake(name).replace(/s$/, '')}_ids`;
  return snake(name);
}

const SHARED_NAMES = new Set(['number', 'position']);
const SORT_KEY_KINDS = new Set(['text', 'region', 'choice']);

const systemFields: Record<string, FieldSpec> = {
  createdAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
  createdBy: { kind: 'reference', to: 'user', readOnly: true },
  updatedAt: { kind: 'instant', readOnly: true, filterable: true, sortable: true },
  updatedBy: { kind: 'reference', to: 'user', readOnly: true },
};

const scopeFields: Record<string, FieldSpec> = {
  owner: { kind: 'reference', to: 'user', filterable: true, sortable: false },
  department: { kind: 'reference', to: 'department', filterable: true },
};

/** Declares a record type. The declaration is data: nothing happens until a registry is built from it. */
export function defineEntity<const S extends EntitySpec>(spec: S): S {
  return Object.freeze(spec);
}

/** Parts are written with their head; of their own they can only be read and taken out. */
const partLimits = {
  without: ['create', 'update', 'delete', 'import', 'transfer', 'share'],
  unmergeable: true,
} as const;

/**
 * Completes a declaration with system fields, columns and labels in both languages.
 * @param parts the record types whose rows belong to its records, complete
 */
export function completeEntity(spec: EntitySpec, words: Translations, parts: readonly Part[] = []): Entity {
  const declared: Record<string, FieldSpec> = {
    ...(spec.numberPrefix
      ? {
          number: {
            kind: 'text',
            readOnly: true,
            filterable: true,
            sortable: true,
            search: 'number',
          } as FieldSpec,
        }
      : {}),
    ...spec.fields,
    ...(spec.partOf ? { position: { kind: 'integer', readOnly: true } as FieldSpec } : {}),
    ...(spec.scope.kind === 'open' ? {} : withoutDeclared(scopeFields, spec.fields)),
    ...systemFields,
  };
  const fieldList = Object.entries(declared).map(([name, field]) =>
    completeField(spec.name, name, field, words),
  );
  const factList = Object.entries(spec.facts ?? {}).map(([name, field]) => {
    if (name in declared) throw new Error(`${spec.name}.${name} is declared as a field and as a fact`);
    return completeField(spec.name, name, { ...field, readOnly: true, fact: true }, words);
  });
  const unique = [
    ...(spec.unique ?? []),
    ...fieldList.filter((field) => field.unique).map((field) => [field.name]),
  ];
  const label = spec.label ?? labelsOf(words, spec.name);
  const { facts: _, ...rest } = spec;
  return Object.freeze({
    ...rest,
    parts: Object.freeze(parts),
    ...(spec.partOf ? partLimits : {}),
    ...(unique.length ? { unique } : {}),
    label,
    manyLabel: spec.manyLabel ?? {
      zh: words.zh[`${spec.name}.many`] ?? label.zh,
      en: words.en[`${spec.name}.many`] ?? label.en,
    },
    table: snake(spec.name),
    fields: Object.freeze(
      Object.fromEntries([...fieldList, ...factList].map((field) => [field.name, field])),
    ),
    fieldList: Object.freeze(fieldList),
    factList: Object.freeze(factList),
    list: spec.list ?? { columns: [spec.title, 'updatedAt'], sort: '-updatedAt' },
  });
}

function withoutDeclared(fields: Record<string, FieldSpec>, declared: Record<string, FieldSpec>) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !(name in declared)));
}

function completeField(entity: string, name: string, spec: FieldSpec, words: Translations): Field {
  const own = `${entity}.${name}`;
  const column = columnOf(name, spec);
  const shared =
    name in systemFields || name in scopeFields || SHARED_NAMES.has(name) ? `record.${name}` : own;
  const key = own in words.zh ? own : shared;
  return Object.freeze({
    ...spec,
    name,
    column,
    ...(spec.sortable && SORT_KEY_KINDS.has(spec.kind) && name !== 'number'
      ? { sortColumn: `${column}_key` }
      : {}),
    label: spec.label ?? labelsOf(words, key),
    synonyms: spec.synonyms ?? translationList(words, `${key}.synonyms`),
    options: (spec.options ?? []).map((option) =>
      typeof option === 'string' ? { value: option, ...labelsOf(words, `${own}.${option}`) } : option,
    ),
  });
}
