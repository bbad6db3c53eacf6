const MB = 1024 * 1024;

/** Bounds that keep one bad file from taking the process down. A sheet of Excel itself never reaches them. */
export const LIMITS = {
  columns: 500,
  /** Characters in one cell: Excel's own limit. */
  cellLength: 32_767,
  /** Rows of a worksheet, header included: Excel's own limit. */
  sheetRows: 1_048_576,
  /** Bytes of one CSV line outside quotes, and of one record. */
  lineBytes: 8 * MB,
  zipEntries: 10_000,
  /** Unpacked bytes of a whole workbook: a full sheet of 100 columns stays below. */
  unpackedBytes: 8192 * MB,
  /** A part larger than `ratioFrom` may not be packed tighter than this. Real sheets reach about 60. */
  ratio: 250,
  ratioFrom: 32 * MB,
  /** Parts that are read whole into memory (workbook, relations, styles). */
  smallPart: 32 * MB,
} as const;
