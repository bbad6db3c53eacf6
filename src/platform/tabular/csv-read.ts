import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { EMPTY_CELL, type RawRow, textCell } from './cell.ts';
import { utf8Chunks } from './csv-text.ts';
import { asTableError, TableError } from './errors.ts';
import { unguardText } from './guard.ts';
import { LIMITS } from './limits.ts';

export type CsvSource = {
  path: string;
  encoding: string;
  bom: boolean;
  delimiter: string;
  skipLines: number;
};

/** Every record of the file in order, blank ones included: the line is the row a spreadsheet shows. */
export async function* csvRows(source: CsvSource): AsyncGenerator<RawRow> {
  const parser = parse({
    delimiter: source.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: LIMITS.lineBytes,
    from: source.skipLines + 1,
  });
  const text = Readable.from(utf8Chunks(source.path, source.encoding, source.bom), { objectMode: false });
  text.on('error', (error) => parser.destroy(error));
  let line = source.skipLines;
  try {
    for await (const record of text.pipe(parser) as AsyncIterable<string[]>) {
      line++;
      yield { line, cells: toCells(record, line) };
    }
  } catch (error) {
    throw csvError(error, line + 1);
  } finally {
    text.destroy();
    parser.destroy();
  }
}

function toCells(record: string[], line: number): RawRow['cells'] {
  const cells = record.map((text, column) => {
    if (text === '') return EMPTY_CELL;
    if (text.length > LIMITS.cellLength) {
      throw new TableError('file_cell_too_large', { line, column: column + 1, max: LIMITS.cellLength });
    }
    return textCell(unguardText(text));
  });
  return cells;
}

function csvError(error: unknown, line: number): TableError {
  if (error instanceof CsvError) {
    if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
      return new TableError('file_quote_open', { line }, error);
    }
    return new TableError('file_malformed', { detail: `CSV ${line}` }, error);
  }
  return asTableError(error, 'file_malformed', { detail: `CSV ${line}` });
}
