import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { problem } from '../errors/problem.ts';

const run = promisify(execFile);
const NAMES = process.platform === 'win32' ? ['soffice.exe'] : ['soffice', 'libreoffice'];
/** Where it is installed without being on the path. */
const PLACES = [
  '/usr/lib/libreoffice/program',
  '/opt/libreoffice/program',
  '/Applications/LibreOffice.app/Contents/MacOS',
  'C:\\Program Files\\LibreOffice\\program',
];
const LONGEST_MS = 60_000;

let known: Promise<string | null> | undefined;
let busy: Promise<unknown> = Promise.resolve();

/** The LibreOffice of this server; null where there is none. Looked for once. */
export function officeProgram(folders?: readonly string[]): Promise<string | null> {
  if (folders) return look(folders);
  known ??= look([...(process.env.PATH ?? '').split(delimiter), ...PLACES]);
  return known;
}

async function look(folders: readonly string[]): Promise<string | null> {
  for (const folder of folders.filter(Boolean))
    for (const name of NAMES) {
      const path = join(folder, name);
      const there = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (there) return path;
    }
  return null;
}

/** A Word document as PDF, by the LibreOffice of this server: one after the other, each with a profile of its own. */
export function officePdf(program: string, docx: Buffer, longest = LONGEST_MS): Promise<Buffer> {
  const work = busy.then(() => convert(program, docx, longest));
  busy = work.catch(() => undefined);
  return work;
}

async function convert(program: string, docx: Buffer, longest: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'guanxi-paper-'));
  try {
    const source = join(folder, 'paper.docx');
    await writeFile(source, docx, { mode: 0o600 });
    await run(
      program,
      [
        `-env:UserInstallation=${pathToFileURL(join(folder, 'profile'))}`,
        '--headless',
        '--norestore',
        '--nolockcheck',
        '--convert-to',
        'pdf:writer_pdf_Export',
        '--outdir',
        folder,
        source,
      ],
      // Nothing of ours is told to it: no secret, no address of the database.
      {
        timeout: longest,
        killSignal: 'SIGKILL',
        env: { PATH: process.env.PATH ?? '', HOME: folder, LANG: 'zh_CN.UTF-8' },
      },
    );
    return await readFile(join(folder, 'paper.pdf'));
  } catch {
    throw problem('paper_no_pdf', { status: 422 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
