/** How a report is looked at. */
export const CHARTS = ['table', 'bar', 'column', 'line', 'pie', 'funnel', 'number'] as const;
export type ChartKind = (typeof CHARTS)[number];
