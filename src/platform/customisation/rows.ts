import { sql } from 'kysely';
import type { Db } from '../context/context.ts';
import type { ChoiceOption, Labels, Preparation } from '../entity/types.ts';
import type { CustomKind } from './traits.shared.ts';

/** What an administrator says of a field; kept as it is in `custom_field.spec`. */
export interface FieldDefinition {
  label: Labels;
  help?: Labels | undefined;
  required?: boolean | undefined;
  max?: number | undefined;
  min?: number | undefined;
  maxValue?: number | undefined;
  options?: readonly ChoiceOption[] | undefined;
  open?: boolean | undefined;
  to?: string | undefined;
  default?: unknown;
  searchable?: boolean | undefined;
  filterable?: boolean | undefined;
  sortable?: boolean | undefined;
  unique?: boolean | undefined;
  sensitive?: boolean | undefined;
  group?: string | undefined;
  quick?: boolean | undefined;
}

export interface FieldRow {
  id: string;
  version: number;
  entity: string;
  name: string;
  kind: CustomKind;
  spec: FieldDefinition;
  position: number;
  preparing: Preparation[];
  problem: string | null;
  retired_at: string | null;
}

/** What an administrator says of a record type of his own; kept in `record_type.spec`. */
export interface TypeDefinition {
  label: Labels;
  titleLabel: Labels;
  scope: 'open' | 'own' | 'child';
  /** Of a child: the record type it hangs on. */
  parent?: string | undefined;
  numberPrefix?: string | undefined;
  /** Shown on the timeline of the record it hangs on. */
  timeline?: boolean | undefined;
  icon?: string | undefined;
}

export interface TypeRow {
  id: string;
  version: number;
  name: string;
  plural: string;
  spec: TypeDefinition;
  retired_at: string | null;
}

/** Everything administrators have made, as of one version. */
export interface Customisations {
  version: number;
  types: TypeRow[];
  fields: FieldRow[];
  /** Options of declared choices that the company makes elsewhere, as `type.field`. */
  offered: Record<string, ChoiceOption[]>;
  /** Names of destroyed record types, and of destroyed fields as `type.field`. */
  taken: string[];
}

/** Reads all of it by one statement, so that it belongs together. */
export async function readCustomisations(db: Db): Promise<Customisations> {
  const { rows } = await sql<Customisations>`select r.version,
      (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from record_type t where erased_at is null) as types,
      (select coalesce(jsonb_agg(to_jsonb(f) order by f.entity, f.position, f.id), '[]') from custom_field f where erased_at is null) as fields,
      (select coalesce(jsonb_object_agg(field, options), '{}') from offered_options) as offered,
      (select array_agg(name) from (select name from record_type where erased_at is not null
        union all select entity || '.' || name from custom_field where erased_at is not null) gone) as taken
    from registry_state r`.execute(db);
  const all = rows[0]!;
  return { ...all, taken: all.taken ?? [] };
}

/** The version alone: what tells whether there is something to read. */
export async function registryVersion(db: Db): Promise<number> {
  const { rows } = await sql<{ version: number }>`select version from registry_state`.execute(db);
  return rows[0]!.version;
}
