import { TableError, type TableNotice } from '../errors.ts';
import type { TableSource } from '../table.ts';
import { openArchive } from './archive.ts';
import { readSharedStrings } from './shared-strings.ts';
import { mergedRanges, sheetRows } from './sheet.ts';
import { readStyles } from './styles.ts';
import { readWorkbook, type Sheet } from './workbook.ts';

/** Opens a workbook and reads what its rows need: the sheet to take, styles and shared strings. */
export async function xlsxSource(path: string, wanted?: string): Promise<TableSource> {
  const archive = await openArchive(path);
  try {
    const workbook = await readWorkbook(archive);
    const sheet = chooseSheet(workbook.sheets, wanted);
    const styles = await readStyles(archive);
    const strings = workbook.sharedStrings
      ? await readSharedStrings(archive, workbook.sharedStrings)
      : undefined;
    const { dated1904, ownWork } = workbook;
    const context = { strings, styles, dated1904, ownWork, part: sheet.part };
    return {
      format: 'xlsx',
      encoding: 'utf-8',
      delimiter: undefined,
      sheetNames: workbook.sheets.map(({ name }) => name),
      sheet: sheet.name,
      warnings: wanted === undefined ? otherSheets(workbook.sheets, sheet) : [],
      rawRows: () => sheetRows(archive, context),
      groupOf: async (lastRow, row) => {
        const ranges = await mergedRanges(archive, sheet.part, lastRow);
        const across = ranges.filter(
          ({ top, bottom, left, right }) => top <= row && row <= bottom && left < right,
        );
        return (column) =>
          across.find(({ left, right }) => left <= column && column <= right)?.left ?? column;
      },
      close: () => {
        strings?.close();
        archive.close();
      },
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

function chooseSheet(sheets: readonly Sheet[], wanted: string | undefined): Sheet {
  const sheet =
    wanted === undefined
      ? (sheets.find(({ visible }) => visible) ?? sheets[0])
      : sheets.find(({ name }) => name === wanted);
  if (sheet) return sheet;
  throw new TableError('sheet_unknown', {
    sheet: wanted ?? '',
    sheets: sheets.map(({ name }) => name).join('、'),
  });
}

function otherSheets(sheets: readonly Sheet[], chosen: Sheet): TableNotice[] {
  const others = sheets.filter((sheet) => sheet !== chosen && sheet.visible);
  if (others.length === 0) return [];
  const params = { sheet: chosen.name, sheets: others.map(({ name }) => name).join('、') };
  return [{ code: 'sheets_ignored', params }];
}
