import { SaxesParser } from 'saxes';
import { fromBufferPromise } from 'yauzl';
import { ProblemError, problem } from '../errors/problem.ts';

/** What a template may be at most: letters are small, and what unpacks to hundreds of megabytes is none. */
export const TEMPLATE_LIMITS = {
  file: 5 * 1024 * 1024,
  unpacked: 40 * 1024 * 1024,
  xml: 4 * 1024 * 1024,
  parts: 500,
};

const DOCX_MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** Parts that are no XML; everything else is read as such. */
const PICTURE = /\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|odttf|ttf)$/i;
/** What runs, or brings along what runs, when somebody opens the file. */
const ACTIVE_PART =
  /(^|\/)(vbaProject|vbaData|activeX|embeddings|ctrlProps|oleObject)|\.(bin|exe|dll|js|vbs|ps1|bat|cmd|scr|hta)$/i;
const ACTIVE_TYPE = /macroEnabled|vbaProject|oleObject|activeX|control\+xml|ms-office\.vba/i;
const ACTIVE_RELATION =
  /\/(oleObject|control|package|attachedTemplate|aFChunk|frame|subDocument|vbaProject|mailMerge\w*|recipientData)$/i;
/** Fields that start a program or fetch what is elsewhere. */
const ACTIVE_FIELD =
  /^\s*(DDE|DDEAUTO|LINK|INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|MACROBUTTON|DATABASE|EMBED|RD|AUTOTEXT|CONTROL|HTMLACTIVEX)\b/i;

/** The parts of a .docx that was checked: nothing else of the file is kept. */
export interface TemplateParts {
  /** Everything, by name. */
  files: ReadonlyMap<string, Buffer>;
  xml: ReadonlyMap<string, string>;
}

/**
 * Reads a .docx without trusting what it says of itself. Throws for what is none, too large, or holds anything that runs or is
 * fetched when it is opened.
 */
export async function readTemplate(content: Buffer): Promise<TemplateParts> {
  if (content.length > TEMPLATE_LIMITS.file) throw refused('paper_too_large', TOO_LARGE);
  const files = await unpack(content);
  for (const name of files.keys()) if (ACTIVE_PART.test(name)) throw refused('paper_active', { part: name });
  const xml = new Map(
    [...files].filter(([name]) => !PICTURE.test(name)).map(([name, bytes]) => [name, textOf(bytes)]),
  );
  const types = xml.get('[Content_Types].xml');
  if (types === undefined || !xml.has('word/document.xml')) throw refused('paper_not_word');
  if (ACTIVE_TYPE.test(types)) throw refused('paper_active', { part: '[Content_Types].xml' });
  if (!types.includes(DOCX_MAIN)) throw refused('paper_not_word');
  for (const [name, text] of xml) checkPart(name, text);
  return { files, xml };
}

const TOO_LARGE = { max: TEMPLATE_LIMITS.file / 1024 / 1024 };
const refused = (code: string, params: Record<string, unknown> = {}) =>
  problem('invalid', { status: 422, errors: [{ path: 'file', code, params }] });

async function unpack(content: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  let whole = 0;
  try {
    // What comes out is held against the sizes the file claims.
    const zip = await fromBufferPromise(content, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      whole += entry.uncompressedSize;
      const most = PICTURE.test(entry.fileName) ? TEMPLATE_LIMITS.unpacked : TEMPLATE_LIMITS.xml;
      if (
        parts.size >= TEMPLATE_LIMITS.parts ||
        whole > TEMPLATE_LIMITS.unpacked ||
        entry.uncompressedSize > most
      )
        throw refused('paper_too_large', TOO_LARGE);
      if (entry.isEncrypted() || parts.has(entry.fileName)) throw refused('paper_not_word');
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      parts.set(entry.fileName, Buffer.concat(chunks));
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw refused('paper_not_word');
  }
  return parts;
}

/** Another encoding than the usual one would be read by Word in a way nobody checked. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const encoding = /^<\?xml[^>]*encoding=["']([^"']*)/i.exec(text)?.[1] ?? 'utf-8';
  if (encoding.toLowerCase() !== 'utf-8' || text.includes('\0')) throw refused('paper_not_word');
  return text;
}

/** Well-formed, without a document type of its own, without relations and fields that reach outside. */
function checkPart(name: string, text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw refused('paper_active', { part: name });
  const parser = new SaxesParser();
  let field: string | null = null;
  let reading = false;
  parser.on('error', () => {
    throw refused('paper_not_word');
  });
  parser.on('opentag', ({ name: tag, attributes }) => {
    const local = tag.slice(tag.indexOf(':') + 1);
    if (local === 'Relationship') checkRelation(name, attributes);
    if (local === 'altChunk') throw refused('paper_active', { part: name });
    if (local === 'fldSimple') checkField(name, attributes['w:instr'] ?? '');
    if (local === 'fldChar' && attributes['w:fldCharType'] === 'begin') field = '';
    else if (local === 'fldChar' && field !== null) {
      checkField(name, field);
      field = null;
    }
    if (local === 'instrText') reading = true;
  });
  parser.on('closetag', ({ name: tag }) => {
    if (!tag.endsWith('instrText')) return;
    reading = false;
    // Also where nobody ever ends the field.
    if (field !== null) checkField(name, field);
  });
  parser.on('text', (piece) => {
    if (!reading) return;
    field = (field ?? '') + piece;
  });
  parser.write(text).close();
}

function checkRelation(part: string, relation: Record<string, string>): void {
  const { Type: type = '', TargetMode: mode = '', Target: target = '' } = relation;
  if (ACTIVE_RELATION.test(type)) throw refused('paper_active', { part });
  if (mode.toLowerCase() !== 'external') return;
  // A link somebody clicks; everything else is fetched without asking.
  if (!/\/hyperlink$/i.test(type) || !/^(https?:|mailto:)/i.test(target.trim()))
    throw refused('paper_external', { part, target: target.slice(0, 200) });
}

function checkField(part: string, instruction: string): void {
  if (ACTIVE_FIELD.test(instruction.replace(/\s+/g, ' ')))
    throw refused('paper_external', { part, target: instruction.trim().slice(0, 200) });
}
