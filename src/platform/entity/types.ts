import type { DuplicateRule } from '../duplicates/rule.ts';
import type { SearchClass } from '../search/types.ts';
import type { MenuGroup } from './menu.shared.ts';
import type { Filter } from './meta.shared.ts';

/** What a record type is: frozen data from which schema, columns, lists, forms, import, export, search, audit and API follow. */

export type FieldKind =
  | 'text'
  | 'longText'
  | 'phone'
  | 'phones'
  | 'email'
  | 'url'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'choice'
  | 'multiChoice'
  | 'reference'
  | 'references'
  | 'region'
  | 'birthday'
  | 'json';

export interface Labels {
  zh: string;
  en: string;
}

export interface ChoiceOption extends Labels {
  value: string;
  color?: 'zhu' | 'teng' | 'song' | 'dai';
  /** No longer offered; records that have it keep it. */
  retired?: boolean;
}

/** What a field of a big table still waits for: its index, its sort keys, its place in the search index. */
export type Preparation = 'index' | 'sort' | 'search';

/**
 * Labels of declared fields and options come from the module's translations (`customer.name`, `customer.kind.company`,
 * import synonyms in `customer.name.synonyms`); those of the administrator's own fields stand in the declaration.
 */
export interface FieldSpec {
  kind: FieldKind;
  label?: Labels;
  /** Other headers under which an imported column is recognised. */
  synonyms?: readonly string[];
  required?: boolean;
  /** Longest text in characters; default 200 (longText 20,000). */
  max?: number;
  min?: number;
  maxValue?: number;
  /** Of a choice: its values. An `open` choice accepts any text and offers these. */
  options?: readonly (string | ChoiceOption)[];
  open?: boolean;
  /** Of a reference: the record type it points to. */
  to?: string;
  /** Of a reference: `false` where another part of that record's file shows what refers to it, so that it needs no tab there. */
  tab?: false;
  /** Of a reference: the field beside it that names what it must belong to, as a contact to the customer. */
  belongsTo?: string;
  /** Of a region: which level it names. */
  level?: 'province' | 'city' | 'district';
  /** Of an instant: the field its day stands in, so that a form asks for the hour alone. */
  hourOf?: string;
  default?: unknown;
  /** The class its search tokens carry: who may not read the field cannot match its class. */
  search?: SearchClass;
  /** A person's name: sorted and searched by the reading of its surname (单 as shan). */
  personName?: boolean;
  filterable?: boolean;
  sortable?: boolean;
  /** Personal data: masked values and erasure apply. */
  sensitive?: boolean;
  /** Set by the system, never by a person. */
  readOnly?: boolean;
  /** Written once, at creation. */
  immutable?: boolean;
  /** Kept out of forms, lists and files (for example a rights document). */
  internal?: boolean;
  /** The field that says the same in another form: who may not see or write that one may not this one. */
  rightOf?: string;
  /** Derived from other records and kept beside the record (design: derived facts); never raises its version. */
  fact?: boolean;
  /** Made by the administrator. */
  custom?: boolean;
  /** No two records (outside the recycle bin) have the same value. */
  unique?: boolean;
  /** Until then filters run under the cost limit, and it cannot be sorted by or found. */
  preparing?: readonly Preparation[];
  /** Form section, an i18n key of the module. */
  group?: string;
  /** Says what rows of this part would say: not shown of a record that has some. */
  insteadOf?: string;
  /** On the quick-create form. */
  quick?: boolean;
  help?: Labels;
}

/** A field with its name and the columns that hold it, as the registry keeps it. */
export interface Field extends FieldSpec {
  name: string;
  label: Labels;
  options: readonly ChoiceOption[];
  column: string;
  /** Stored pinyin sort key, for sortable text. */
  sortColumn?: string;
}

export type Scope =
  /** Everyone who may read the record type sees all of it. */
  | { kind: 'open' }
  /** The record has an owner and a department. */
  | { kind: 'own' }
  /** The record hangs on a scope root, whose owner and department it copies. */
  | {
      kind: 'child';
      of: string;
      /** Until then on this one, as a follow-up on a lead does before there is a customer. */
      until?: string;
      /** Its owner is who has to do it: he sees it as long as he is, also without seeing what it hangs on. */
      assigned?: boolean;
    };

export type Action = 'read' | 'create' | 'update' | 'delete' | 'import' | 'export' | 'transfer' | 'share';

export const ACTIONS: readonly Action[] = [
  'read',
  'create',
  'update',
  'delete',
  'import',
  'export',
  'transfer',
  'share',
];

export interface TimelineSpec {
  /** Reference fields naming the records on whose timeline this one stands. */
  on: readonly string[];
  /** The instant field by which it is ordered. */
  at: string;
  category: 'contact' | 'work' | 'file' | 'change' | 'deal' | 'service';
}

export interface ListSpec {
  columns: readonly string[];
  sort: string;
  /** Records with these values of a choice are not in the list until one asks for them; search finds them, with the value as a mark. */
  leavesOut?: { field: string; values: readonly string[] };
}

/** A record type as people see it who work with the company without being of it (ADR 0026). */
export interface OutsideSpec {
  /**
   * `theirs`: what is their department's. `authored`: only what one of themselves has or wrote, for what the house notes on the same
   * customers too. `common`: what is nobody's, read only.
   */
  sees: 'theirs' | 'authored' | 'common';
  /** Fields that stay within the house, whatever a role says. */
  hides?: readonly string[];
  /** They choose from it, but have no list of it: the house sets it up. */
  listed?: false;
}

export interface EntitySpec {
  name: string;
  plural: string;
  module: string;
  label?: Labels;
  /** What several are called; the translation `<name>.many`, where a language tells one from many. */
  manyLabel?: Labels;
  /** The field shown as the record's name. */
  title: string;
  scope: Scope;
  /**
   * Rows of another record (its head, named by the reference `field`), such as the lines of a quote: written and read with it
   * alone, under `as` of its body, and seen by whoever sees it. Its scope is the head's.
   */
  partOf?: { field: string; as: string };
  /** The date by which amounts in other currencies are converted; without it the day they are written. */
  rateDate?: string;
  /** Prefix of the number people see, for example `KH`: KH-2026-000123. */
  numberPrefix?: string;
  fields: Record<string, FieldSpec>;
  /** Fields whose values other rooms derive and keep in `<table>_fact`; app.ts gathers them from `Module.facts`. */
  facts?: Record<string, FieldSpec>;
  /** Field sets that are unique among records not deleted. */
  unique?: readonly (readonly string[])[];
  /** Further indexes, as field names in order; a leading `-` is descending. */
  indexes?: readonly (readonly string[])[];
  list?: ListSpec;
  /** Fields shown as the second line of a search hit. */
  subtitle?: readonly string[];
  timeline?: TimelineSpec;
  /** By what two records may be the same one: for duplicates, and for finding records by name as people write it. */
  duplicates?: readonly DuplicateRule[];
  /** Actions that make no sense for this record type. */
  without?: readonly Action[];
  /** Reading needs administrator rights (roles, API keys …). */
  adminOnly?: boolean;
  /** Everyone signed in may read it (departments, users' names, tags). */
  directory?: boolean;
  /** What people outside the house, such as a dealer's, may know of it; without it nothing. */
  outside?: OutsideSpec;
  custom?: boolean;
  /**
   * Of which records pickers offer a part, by name: whom a record may be given to, who can be asked. All of them are offered
   * where a picker names none of these; those outside the first part are marked there.
   */
  offered?: Readonly<Record<string, Filter>>;
  /** Two of them are never made one: people, departments, files. */
  unmergeable?: boolean;
  icon?: string;
  /** Where its list stands in the main menu; without it the records are reached from other pages only. */
  menu?: { group: MenuGroup; order: number };
}

/** Rows that belong to a record: `name` is their key in its body, `head` their reference to it. */
export interface Part {
  name: string;
  entity: Entity;
  head: Field;
}

export interface Entity extends Omit<EntitySpec, 'fields' | 'facts'> {
  parts: readonly Part[];
  label: Labels;
  manyLabel: Labels;
  table: string;
  /** All fields by name, facts included. */
  fields: Readonly<Record<string, Field>>;
  /** The fields its own table holds. */
  fieldList: readonly Field[];
  /** The fields its table of facts holds. */
  factList: readonly Field[];
  list: ListSpec;
}
