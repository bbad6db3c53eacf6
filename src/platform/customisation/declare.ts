import type { CustomFields } from '../entity/registry.ts';
import type { EntitySpec, FieldSpec, Labels } from '../entity/types.ts';
import { labelsOf, type Translations } from '../i18n/translations.ts';
import type { Customisations, FieldRow, TypeRow } from './rows.ts';
import { traitsOf } from './traits.shared.ts';

export interface CustomDeclarations {
  types: EntitySpec[];
  fields: CustomFields;
}

/** What administrators made, as declarations like our own. Retired ones, and links to retired types, are left out. */
export function declarationsOf(
  { types, fields }: Customisations,
  declared: readonly EntitySpec[],
  words: Translations,
): CustomDeclarations {
  const inUse = types.filter((type) => !type.retired_at);
  const known = new Set([...declared.map(({ name }) => name), ...inUse.map(({ name }) => name)]);
  const shown = fields.filter(
    ({ retired_at, entity, spec }) => !retired_at && known.has(entity) && (!spec.to || known.has(spec.to)),
  );
  const byEntity = Map.groupBy(shown, (field) => field.entity);
  const labels = (name: string) =>
    types.find((type) => type.name === name)?.spec.label ?? labelsOf(words, name);
  return {
    types: inUse
      .filter(({ spec }) => !spec.parent || known.has(spec.parent))
      .map((type) => entitySpec(type, byEntity.get(type.name) ?? [], labels)),
    fields: Object.fromEntries(
      [...byEntity].map(([entity, rows]) => [
        entity,
        Object.fromEntries(rows.map((row) => [row.name, fieldSpec(row)])),
      ]),
    ),
  };
}

function fieldSpec({ kind, spec, preparing }: FieldRow): FieldSpec {
  const { searchable, ...rest } = spec;
  const search = searchable ? traitsOf(kind).search : null;
  return {
    ...rest,
    kind,
    custom: true,
    ...(search ? { search } : {}),
    ...(preparing.length ? { preparing } : {}),
  };
}

/** Columns a list of an own type shows besides its title, before the person chooses. */
const FIRST_COLUMNS = 5;
const LISTED = new Set(['longText', 'url', 'references']);

function entitySpec(
  { name, plural, spec }: TypeRow,
  fields: FieldRow[],
  labels: (name: string) => Labels,
): EntitySpec {
  const { scope, parent, numberPrefix, icon } = spec;
  const columns = fields.filter(({ kind }) => !LISTED.has(kind)).map((field) => field.name);
  return {
    name,
    plural,
    module: 'customisation',
    label: spec.label,
    title: 'name',
    custom: true,
    ...(icon ? { icon } : {}),
    ...(numberPrefix ? { numberPrefix } : {}),
    scope: parent ? { kind: 'child', of: parent } : { kind: scope === 'own' ? 'own' : 'open' },
    ...(scope === 'open' ? { without: ['transfer', 'share'] as const } : {}),
    fields: {
      name: {
        kind: 'text',
        label: spec.titleLabel,
        required: true,
        search: 'name',
        filterable: true,
        sortable: true,
        quick: true,
      },
      ...(parent
        ? {
            [parent]: {
              kind: 'reference',
              to: parent,
              label: labels(parent),
              filterable: true,
              quick: true,
            } as const,
          }
        : {}),
    },
    list: {
      columns: [
        ...(numberPrefix ? ['number'] : []),
        'name',
        ...(parent ? [parent] : []),
        ...columns.slice(0, FIRST_COLUMNS),
        ...(scope === 'open' ? [] : ['owner']),
        'updatedAt',
      ],
      sort: '-updatedAt',
    },
    subtitle: [...(numberPrefix ? ['number'] : []), ...(parent ? [parent] : [])],
    ...(parent && spec.timeline
      ? { timeline: { on: [parent], at: 'createdAt', category: 'work' as const } }
      : {}),
  };
}
