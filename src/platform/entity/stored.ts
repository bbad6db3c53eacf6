import type { Draft, Row } from './behaviour.ts';
import type { ScopeColumns } from './check.ts';

export interface Stored {
  draft: Draft;
  row: Row;
}

export interface StoreOptions {
  /** Leave the search index to a following batch (large imports). */
  deferSearch?: boolean;
  /** Run every check and write nothing (the dry run of an import). */
  checkOnly?: boolean;
  /** Take over the numbers that records already bear, where ours would be given otherwise (imports). */
  keepNumbers?: boolean;
}

export type ScopedDraft = { draft: Draft; scope: ScopeColumns | null };
