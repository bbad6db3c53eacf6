/** Kinds of fields as search knows them. Who may not read a class cannot match it. */
export type SearchClass = 'name' | 'city' | 'phone' | 'mail' | 'tax' | 'number' | 'text';

export interface SearchName {
  text: string;
  /** A person's name has no place and no legal form. */
  person?: boolean;
}

/** What a record gives to search; plain values, read from its declaration by the caller. */
export interface SearchSource {
  entity: string;
  id: string;
  title: string;
  subtitle?: string;
  /** The first name decides the order; others (short, former, English) are found as well. */
  names: SearchName[];
  cities?: string[];
  phones?: string[];
  mails?: string[];
  taxNumbers?: string[];
  /** People's numbers such as KH-2026-000123. */
  numbers?: string[];
  texts?: string[];
  ownerId?: string | null;
  rootOwnerId?: string | null;
  departmentId?: string | null;
  /** Instant, RFC 3339; the moment of indexing when absent. */
  updatedAt?: string;
}

/** Whose records may be found. `recordIds` are records shared singly. */
export type SearchScope =
  | { all: true }
  | {
      all?: false;
      owners?: readonly string[];
      departments?: readonly string[];
      recordIds?: readonly string[];
    };

export interface SearchRequest {
  q: string;
  entities: { entity: string; scope: SearchScope; classes: readonly SearchClass[] }[];
  /** Results over all groups; 50 when absent. */
  limit?: number;
  /** Results in one group; 10 when absent. */
  perEntityLimit?: number;
}

export interface SearchMatch {
  class: SearchClass;
  text: string;
  /** UTF-16 positions in `text`, end exclusive. */
  ranges: [number, number][];
}

export interface SearchItem {
  id: string;
  title: string;
  subtitle: string;
  matched: SearchMatch[];
  /** Why lists usually leave it out. */
  mark?: string;
  /** 1 for an exact match down to 0.25; only good for comparing groups. */
  score: number;
}

export interface SearchGroup {
  entity: string;
  items: SearchItem[];
  total: number;
  /** False where counting stopped at the cap or matches were counted without being verified. */
  totalIsExact: boolean;
}
