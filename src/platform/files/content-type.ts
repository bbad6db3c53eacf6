import { extname } from 'node:path';
import { problem } from '../errors/problem.ts';

export type FileKind = 'image' | 'audio' | 'video' | 'document';

export interface ContentType {
  mime: string;
  kind: FileKind;
}

/** What a name promises; a name not listed promises nothing. Sound and picture share containers. */
const PROMISES: Record<string, RegExp> = {
  ...promise(/^image\/(?!svg)/, 'jpg jpeg png gif webp avif heic heif bmp tif tiff'),
  ...promise(
    /^(audio|video)\/|^application\/(ogg|mp4)/,
    'mp3 m4a aac wav ogg oga opus amr flac mp4 m4v mov webm avi mkv 3gp',
  ),
  ...promise(/^application\/pdf/, 'pdf'),
  ...promise(/^application\/(vnd\.openxmlformats|zip|x-cfb)/, 'docx xlsx pptx'),
  ...promise(/^application\/(x-cfb|msword|vnd\.ms-|rtf)|^text\//, 'doc xls ppt'),
};

function promise(pattern: RegExp, extensions: string): Record<string, RegExp> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, pattern]));
}

/** Files without a signature, by what their name says they are. */
const BY_NAME: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  htm: 'text/html',
  html: 'text/html',
  svg: 'image/svg+xml',
};

const PROGRAM =
  /^application\/(x-msdownload|x-elf|x-mach-binary|vnd\.microsoft\.portable-executable|x-msdos-program|java-vm)/;
const PROGRAM_NAMES = new Set([
  'exe',
  'dll',
  'msi',
  'com',
  'scr',
  'sys',
  'so',
  'elf',
  'bin',
  'class',
  'dylib',
]);

/** Only what a browser shows without running anything of it. SVG and HTML may carry scripts: they are downloaded. */
const INLINE = /^(image\/(png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/;

export const isInline = (mime: string) => INLINE.test(mime);

/**
 * What a file is, by its content. Throws `file_type_mismatch` when it is something else than its name promises, and for a
 * program behind a harmless name.
 * @param declared the type the sender gave; only tells sound from picture where a container may hold either
 */
export async function contentTypeOf(path: string, name: string, declared: string): Promise<ContentType> {
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path);
  const extension = extname(name).slice(1).toLowerCase();
  const expected = PROMISES[extension];
  const mismatch =
    (expected && !expected.test(found?.mime ?? '')) ||
    (found && PROGRAM.test(found.mime) && !PROGRAM_NAMES.has(extension));
  if (mismatch) {
    throw problem('file_type_mismatch', {
      status: 422,
      params: { extension: `.${extension}`, found: found?.ext ?? '?' },
    });
  }
  const byContent = soundOrPicture(found?.mime, declared);
  const mime = byContent ?? BY_NAME[extension] ?? 'application/octet-stream';
  return { mime, kind: kindOf(mime) };
}

/** A voice message is often a film without pictures: the recorder knows better than the container. */
function soundOrPicture(found: string | undefined, declared: string): string | undefined {
  if (found === 'application/ogg') return 'audio/ogg';
  if (!found || !/^video\/(webm|mp4|ogg|3gpp)/.test(found) || !declared.startsWith('audio/')) return found;
  return found.replace('video/', 'audio/');
}

function kindOf(mime: string): FileKind {
  if (mime === 'image/svg+xml') return 'document';
  const family = mime.split('/')[0] as string;
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'document';
}
