/**
 * What the browser is told of the record types: already in the caller's language and cut to the caller's rights.
 * `GET /api/v1/meta` → Meta. Types only: shared by server and browser.
 */
import type { MenuGroup } from './menu.shared.ts';
import type { Action, FieldKind } from './types.ts';

export type FieldAccess = 'masked' | 'read' | 'write';

export interface MetaOption {
  value: string;
  label: string;
  color?: 'zhu' | 'teng' | 'song' | 'dai';
  /** No longer offered; shown where a record has it. */
  retired?: boolean;
}

export interface MetaField {
  name: string;
  kind: FieldKind;
  label: string;
  /** The caller's right; hidden fields are not sent at all. System-set fields are `read`. */
  access: FieldAccess;
  required?: boolean;
  max?: number;
  min?: number;
  maxValue?: number;
  options?: MetaOption[];
  open?: boolean;
  to?: string;
  level?: 'province' | 'city' | 'district';
  /** Of an instant: the field its day stands in. */
  hourOf?: string;
  default?: unknown;
  filterable?: boolean;
  sortable?: boolean;
  /** `contains` is answered from the search index. */
  searchable?: boolean;
  immutable?: boolean;
  internal?: boolean;
  /** Derived by the house from other records: follows them a moment later. */
  fact?: boolean;
  custom?: boolean;
  /** Indexes are still being built: filtering may be slow, sorting and searching may have to wait. */
  preparing?: boolean;
  group?: string;
  quick?: boolean;
  /** Says what rows of this part would say: not shown of a record that has some. */
  insteadOf?: string;
  help?: string;
}

export interface MetaCommand {
  name: string;
  label: string;
  on: 'one' | 'many' | 'none';
}

export interface MetaEntity {
  name: string;
  plural: string;
  label: string;
  /** What several are called. */
  manyLabel: string;
  module: string;
  title: string;
  scope: 'open' | 'own' | 'child';
  /** Of a child: the field naming its scope root. */
  scopeOf?: string;
  fields: MetaField[];
  /** `leavesOut`: values of a choice whose records the list shows only when asked. */
  list: { columns: string[]; sort: string; leavesOut?: { field: string; values: readonly string[] } };
  /** What the caller may do to at least some records. */
  actions: Action[];
  commands: MetaCommand[];
  /** Record types with a field that refers to this one: shown as tabs of the file page. */
  children: { entity: string; field: string }[];
  timeline: boolean;
  /** Rows that are written and read with a record, under `name` of its body. */
  parts?: { name: string; entity: string }[];
  /** Of rows of a part: the record type they belong to. */
  partOf?: string;
  /** Several of them can be made one. */
  mergeable?: boolean;
  /** Pairs that may be the same are looked for. */
  compared?: boolean;
  custom?: boolean;
  icon?: string;
  menu?: { group: MenuGroup; order: number };
}

export interface Meta {
  /** Changes with every change of fields, record types or rights; the browser reloads when it sees a new one. */
  version: string;
  language: 'zh' | 'en';
  entities: MetaEntity[];
  me: {
    id: string;
    name: string;
    email: string | null;
    administrator: boolean;
    /** Not of the house: somebody of a partner. */
    outside: boolean;
    department: { id: string; title: string } | null;
    timeZone: string;
    language: 'zh' | 'en';
  };
  company: {
    name: string;
    currency: string;
    /** The month its year begins with. */
    yearBegins: number;
  };
}

/** A reference as it is read. A record the caller may not see has no title. */
export interface Link {
  id: string;
  title: string | null;
}

export interface MoneyValue {
  amount: string;
  currency: string;
}

/** An amount in the company's currency, by which rate and of which day. */
export interface Worth extends MoneyValue {
  rate: string;
  day: string;
}

/** A record on the wire: its fields by name, plus what the caller may do to it. */
export interface WireRecord {
  id: string;
  version: number;
  /** The title field's text, so that a client need not know which field that is. */
  title: string;
  can: { update: boolean; delete: boolean; transfer: boolean; share: boolean };
  /** Of a record read by itself: what its amounts in another currency were worth in the company's. */
  inOwn?: Record<string, Worth>;
  [field: string]: unknown;
}

export interface ListAnswer {
  items: WireRecord[];
  nextCursor: string | null;
  /** Only with `count=true`; stops at 10,000. */
  total?: number;
  totalIsExact?: boolean;
}

export type FilterOperator =
  | 'eq'
  | 'ne'
  | 'in'
  | 'nin'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'between'
  | 'contains'
  | 'startsWith'
  | 'empty'
  | 'within';

export interface FilterTerm {
  field: string;
  op: FilterOperator;
  value?: unknown;
}

/** What the records that refer to a row amount to; without `op` there must be one at least. */
export interface RelatedTerm {
  related: string;
  via: string;
  where?: Filter;
  aggregate?: { fn: 'count' | 'sum' | 'avg' | 'min' | 'max'; field?: string };
  op?: FilterOperator;
  value?: unknown;
}

/** The members of a segment, which the module of segments knows. */
export interface SegmentTerm {
  segment: string;
}

export type Filter =
  | FilterTerm
  | RelatedTerm
  | SegmentTerm
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter };

/** RFC 9457 problem document; `errors` names each offending field. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; code: string; message: string }[];
  [extra: string]: unknown;
}
