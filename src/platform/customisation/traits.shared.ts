import type { FieldKind } from '../entity/types.ts';
import type { SearchClass } from '../search/types.ts';

/** What an administrator may ask of a kind of field. */
export interface Traits {
  filterable: boolean;
  sortable: boolean;
  unique: boolean;
  /** The class its words carry in search; null where there is nothing to find. */
  search: SearchClass | null;
  /** Longest text that may be asked for; an indexed text must fit into an index entry. */
  longest?: number;
  /** Has smallest and largest values. */
  range?: boolean;
  options?: boolean;
  /** Points to another record. */
  link?: boolean;
}

const plain = { filterable: true, sortable: true, unique: true, search: null };

/** The kinds an administrator's field may have. */
export const TRAITS = {
  text: { ...plain, search: 'text', longest: 500 },
  longText: { filterable: false, sortable: false, unique: false, search: 'text', longest: 20_000 },
  phone: { ...plain, sortable: false, search: 'phone', longest: 200 },
  email: { ...plain, sortable: false, search: 'mail', longest: 254 },
  url: { filterable: false, sortable: false, unique: false, search: 'text', longest: 2000 },
  integer: { ...plain, range: true },
  decimal: { ...plain, range: true },
  money: { ...plain, unique: false, range: true },
  date: plain,
  instant: plain,
  boolean: { filterable: true, sortable: false, unique: false, search: null },
  choice: { ...plain, unique: false, options: true },
  multiChoice: { filterable: true, sortable: false, unique: false, search: null, options: true },
  reference: { filterable: true, sortable: false, unique: false, search: null, link: true },
  references: { filterable: true, sortable: false, unique: false, search: null, link: true },
} as const satisfies Partial<Record<FieldKind, Traits>>;

export type CustomKind = keyof typeof TRAITS;
export const CUSTOM_KINDS = Object.keys(TRAITS) as [CustomKind, ...CustomKind[]];

export const traitsOf = (kind: CustomKind): Traits => TRAITS[kind];
