import { Command } from 'commander';
import { declaredRegistry } from '../app.ts';
import { ProblemError } from '../platform/errors/problem.ts';
import { StartupError } from '../platform/errors/startup.ts';
import { errorText } from '../platform/i18n/translations.ts';
import { addExportCommand, addImportCommand } from './file-commands.ts';
import { withApp } from './open.ts';
import { start } from './start.ts';

/** The library's own words, beside their Chinese. */
const TITLES: Record<string, string> = {
  'Usage:': '用法 · Usage:',
  'Arguments:': '参数 · Arguments:',
  'Options:': '选项 · Options:',
  'Commands:': '命令 · Commands:',
};

/** The command line; works whether or not the server is running. */
export async function runCommandLine(argv: string[]): Promise<void> {
  const program = new Command('guanxi')
    .description('关系 Guanxi — 客户关系管理 · customer relationship management')
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title })
    .helpOption('-h, --help', '显示帮助 · show help')
    .helpCommand('help [command]', '显示一个命令的帮助 · show help for a command')
    .showHelpAfterError('用 --help 查看有哪些命令和选项 · see --help for commands and options');
  program.command('start').description('启动服务 · start the server').action(start);
  program
    .command('migrate')
    .description('升级数据库结构 · bring the database schema up to date')
    .action(() => withApp(async () => console.info('数据库结构是最新的 · the schema is up to date')));
  program
    .command('setup')
    .description('建立公司和首位管理员 · create the company and its first administrator')
    .requiredOption('--email <mail>', '管理员邮箱 · administrator’s mail')
    .requiredOption('--password <password>', '管理员密码 · administrator’s password')
    .option('--company <name>', '公司名称 · company name', '我的公司')
    .option('--name <name>', '管理员姓名 · administrator’s name', '管理员')
    .option('--language <zh|en>', '语言 · language', 'zh')
    .option('--json', '机器可读的结果 · machine-readable result')
    .action(async (options) => {
      const { setUp } = await import('./setup.ts');
      await setUp(options);
    });
  const keys = program.command('api-key').description('接口密钥 · API keys');
  keys
    .command('create')
    .description('建立接口密钥，只显示这一次 · make an API key, shown only once')
    .requiredOption('--name <name>', '名称 · name')
    .option('--user <mail>', '以谁的身份 · on whose behalf')
    .option('--json', '机器可读的结果 · machine-readable result')
    .action(async (options) => {
      const { createKey } = await import('./api-key.ts');
      await createKey(options);
    });
  program
    .command('doctor')
    .description('检查安装 · check the installation')
    .option('--mend', '补上缺少的查重索引 · make missing keys for duplicates')
    .option('--json', '机器可读的结果 · machine-readable result')
    .action(async (options) => {
      const { doctor } = await import('./doctor.ts');
      await doctor(options);
    });
  program
    .command('bench')
    .description('测量速度 · measure speed')
    .option('--customers <n>', '客户数 · customers', '100000')
    .option('--import-rows <n>', '导入行数，0 为不测 · rows to import, 0 for none', '100000')
    .option('--recall-rows <n>', '查找率的行数，0 为不测 · rows to find names in, 0 for none', '100000')
    .option(
      '--duplicate-rows <n>',
      '查重的客户数，0 为不测 · customers to find duplicates among, 0 for none',
      '100000',
    )
    .option('--json', '机器可读的结果 · machine-readable result')
    .action(async ({ customers, importRows, recallRows, duplicateRows, json }) => {
      const { bench } = await import('../../bench/main.ts');
      await bench({
        customers: Number(customers),
        importRows: Number(importRows),
        recallRows: Number(recallRows),
        duplicateRows: Number(duplicateRows),
        json: Boolean(json),
      });
    });
  addImportCommand(program);
  addExportCommand(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    fail(error, argv.includes('--json'));
  }
}

/** Expected failures are told in words; the exit code is 1 (files have their own codes, see import). */
function fail(error: unknown, json: boolean): void {
  process.exitCode = 1;
  if (error instanceof StartupError) console.error(error.message);
  else if (error instanceof ProblemError) {
    const { words } = declaredRegistry();
    const say = (code: string, params: Record<string, unknown>) =>
      (['zh', 'en'] as const).map((language) => errorText(words, language, code, params)).join(' · ');
    const message = say(error.code, error.params);
    const errors = error.errors.map((each) => ({ ...each, message: say(each.code, each.params ?? {}) }));
    if (json) console.info(JSON.stringify({ outcome: 'refused', code: error.code, message, errors }));
    else console.error([message, ...errors.map((each) => `  ${each.path}: ${each.message}`)].join('\n'));
  } else console.error(error);
}
