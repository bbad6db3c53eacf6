import type { ChartKind } from '../../../platform/analysis/view.shared.ts';
import type { Source } from '../run/source.ts';
import type { HEIGHTS, WIDTHS } from './tiles.shared.ts';

export interface DashboardEntry {
  id: string;
  name: string;
  owner: string | null;
  mine: boolean;
  /** The reader's role begins with it. */
  home: boolean;
}

export interface Tile {
  id: string;
  source: Source;
  title?: string | undefined;
  chart?: ChartKind | undefined;
  width: (typeof WIDTHS)[number];
  height: (typeof HEIGHTS)[number];
}

export interface ShownDashboard extends DashboardEntry {
  version: number;
  tiles: Tile[];
  refresh: number | null;
}
