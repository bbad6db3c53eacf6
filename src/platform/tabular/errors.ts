/** Why a whole file cannot be read or written. Texts: `i18n/zh.json`, `i18n/en.json`. */
export const TABLE_ERROR_CODES = [
  'file_missing',
  'file_empty',
  'file_truncated',
  'file_zip_bomb',
  'file_type_unsupported',
  'file_type_unknown',
  'file_no_workbook',
  'file_encrypted',
  'file_malformed',
  'file_quote_open',
  'file_encoding_unknown',
  'file_too_wide',
  'file_line_too_long',
  'file_cell_too_large',
  'file_no_header',
  'sheet_unknown',
  'sheet_empty',
  'table_too_long',
] as const;
export type TableErrorCode = (typeof TABLE_ERROR_CODES)[number];

/** What a person should know although the file can be read, and why a single row cannot be used. */
export const TABLE_NOTICE_CODES = [
  'header_duplicate',
  'header_empty',
  'rows_above_header',
  'sheets_ignored',
  'row_too_long',
] as const;
export type TableNoticeCode = (typeof TABLE_NOTICE_CODES)[number];

export type TableParams = Record<string, string | number>;
export type TableNotice = { code: TableNoticeCode; params: TableParams };

/** The only error reading or writing a table throws for bad input, whatever the bytes. */
export class TableError extends Error {
  readonly code: TableErrorCode;
  readonly params: TableParams;

  constructor(code: TableErrorCode, params: TableParams = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}`, cause === undefined ? undefined : { cause });
    this.name = 'TableError';
    this.code = code;
    this.params = params;
  }
}

/** Turns what a library threw into a TableError; TableErrors pass through. */
export function asTableError(error: unknown, code: TableErrorCode, params: TableParams = {}): TableError {
  if (error instanceof TableError) return error;
  const system = (error as { code?: unknown } | null)?.code;
  if (system === 'ENOENT' || system === 'EACCES' || system === 'EISDIR' || system === 'EPERM') {
    return new TableError('file_missing', {}, error);
  }
  return new TableError(code, params, error);
}

/** @param found what the file is instead, as people call it (PDF, HTML, DOCX) */
export function unsupported(found: string): never {
  throw new TableError('file_type_unsupported', { found });
}
