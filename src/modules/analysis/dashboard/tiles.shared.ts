/** Of twelve columns. */
export const WIDTHS = [3, 4, 6, 8, 12] as const;
export const HEIGHTS = [1, 2, 3] as const;
