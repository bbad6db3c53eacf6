import type { Filter } from '../../../platform/entity/meta.shared.ts';

/** A condition of a segment, held against one record. */
export interface Explained {
  kind: 'and' | 'or' | 'not' | 'segment' | 'leaf';
  met: boolean;
  parts?: Explained[];
  /** Of a leaf or a segment: the condition as it stands in the definition. */
  filter?: Filter;
  /** Of a leaf: what the record has, or what its related records amount to. */
  value?: unknown;
  /** Of a segment named by the definition. */
  name?: string;
}

/** Why a record is in a segment, or why not. */
export interface Explanation {
  id: string;
  name: string;
  kind: 'live' | 'frozen';
  /** Since when the members of a frozen one are those. */
  refreshedAt: string | null;
  member: boolean;
  /** Null where a frozen segment's condition cannot be read any more. */
  tree: Explained | null;
}

export interface Membership {
  id: string;
  name: string;
  kind: 'live' | 'frozen';
  /** Null where it cannot be said; `code` tells why. */
  member: boolean | null;
  code?: string;
}
