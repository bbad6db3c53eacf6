import type { Command } from 'commander';

const collect = (value: string, all: string[] = []) => [...all, value];

/** `import` and `export`: files in and out. What they do is loaded only when asked for. */
export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('导入 CSV 或 XLSX，或撤销一次导入 · import a file, or take an import back')
    .argument('[entity]', '记录类型，如 customer · record type')
    .argument('[file]', '文件 · file')
    .option('--mapping <file>', '对应关系文件（JSON：列名→字段）· mapping file (JSON: header → field)')
    .option('--map <field=header>', '指定一列对应的字段，可重复 · one column’s field, repeatable', collect)
    .option('--mode <create|upsert>', '新建，或按主键更新 · create, or update by key', 'create')
    .option('--key <field>', '更新时用来识别的字段 · field that identifies records in upsert mode')
    .option('--on-duplicate <skip|update|create>', '遇到确定重复时 · what certain duplicates become', 'skip')
    .option('--dry-run', '只检查，不导入 · check only')
    .option('--date-order <ymd|mdy|dmy>', '日期中年月日的顺序 · order of dates such as 3/5/2024')
    .option('--decimal <point|comma>', '小数点 · decimal sign')
    .option('--currency <code>', '未写币种的金额的币种 · currency of bare amounts')
    .option('--sheet <name>', '工作表 · worksheet')
    .option('--encoding <name>', '文字编码 · text encoding')
    .option('--header-line <n>', '表头所在行 · line of the header')
    .option(
      '--create-missing <fields>',
      '缺少时自动新建的关联字段，逗号分隔 · relations to create when missing',
    )
    .option('--as <mail>', '以谁的身份 · on whose behalf')
    .option('--undo <id>', '撤销这次导入 · take this import back')
    .option('--json', '机器可读的结果 · machine-readable result')
    .action(async (entity, file, options) => {
      const { importFile, undoFile } = await import('./import.ts');
      if (options.undo) await undoFile(options);
      else await importFile(entity, file, options);
    });
}

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('导出为 CSV 或 XLSX · export to a file')
    .argument('<entity>', '记录类型，如 customer · record type')
    .option('--format <csv|xlsx>', '格式，默认按文件名 · format, by default from the file’s name')
    .option('--filter <json>', '筛选条件 · filter')
    .option('--q <text>', '搜索 · search')
    .option('--columns <fields>', '字段，逗号分隔 · fields')
    .option('--output <file>', '存到 · where to put it')
    .option('--as <mail>', '以谁的身份 · on whose behalf')
    .option('--json', '机器可读的结果 · machine-readable result')
    .action(async (entity, options) => {
      const { exportFile } = await import('./export.ts');
      await exportFile(entity, options);
    });
}
