import type { Period } from '../../../platform/analysis/shipped.ts';
import type { ChartKind } from '../../../platform/analysis/view.shared.ts';

/** A report a module brings along, as it is offered. */
export interface ShippedEntry {
  name: string;
  title: string;
  about: string;
  entity: string;
  module: string;
  chart: ChartKind;
  /** A period can be chosen; without a choice it is this one. */
  timed: boolean;
  period: Period | null;
  /** By what it can be told. */
  by: string[];
  /** It can be opened and changed in the builder. */
  query: boolean;
}

export interface SavedEntry {
  id: string;
  name: string;
  description: string | null;
  entity: string;
  chart: ChartKind;
  owner: string | null;
  mine: boolean;
  updatedAt: string;
}

export interface Catalogue {
  shipped: ShippedEntry[];
  saved: SavedEntry[];
}
