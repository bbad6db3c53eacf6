import { randomUUID } from 'node:crypto';
import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import type { Filling } from './fill.ts';
import { placePictures } from './pictures.ts';

interface Row {
  loop: string | null;
  texts: Readonly<Record<string, string>>;
}

/** Fills a checked template. Words are looked up in a table: nothing in a template is ever evaluated. */
export function fillDocument({ template, tags, values }: Filling): Uint8Array {
  const { texts, loops, seal, logo } = values;
  // Stand where the pictures are to go; nobody's text can contain them.
  const marks = { seal: randomUUID(), logo: randomUUID() };
  const root: Row = {
    loop: null,
    texts: { ...texts, seal: seal ? marks.seal : '', logo: logo ? marks.logo : '' },
  };
  const rows = new Map(
    Object.entries(loops).map(([loop, list]) => [loop, list.map((each): Row => ({ loop, texts: each }))]),
  );
  const document = new Docxtemplater(new PizZip(template), {
    paragraphLoop: true,
    linebreaks: true,
    stripInvalidXMLChars: true,
    errorLogging: false,
    syntax: { changeDelimiterPrefix: null },
    parser: (tag) => {
      const written = tag.trim();
      return {
        get(scope: Row | undefined, { meta }) {
          const row = scope?.texts ? scope : root;
          const over = tags[written];
          if (meta.part.module === 'loop' && over && rows.has(over)) return rows.get(over);
          // Text is text: nobody's name becomes part of the document's own language.
          if (meta.part.module === 'rawxml') return '';
          const own = row.loop === null ? undefined : tags[`${row.loop}/${written}`];
          const key = own?.slice(own.indexOf('/') + 1) ?? over;
          const text = (key === undefined ? '' : (own ? row : root).texts[key]) ?? '';
          // A part that is printed where there is something: it sees what its surroundings see.
          return meta.part.module === 'loop' ? text !== '' : text;
        },
      };
    },
    nullGetter: () => '',
  });
  document.render(root);
  const zip = document.getZip() as PizZip;
  placePictures(zip, marks, { seal, logo });
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE' });
}

/** A .docx of these parts. */
export function packParts(files: ReadonlyMap<string, Buffer | string>): Buffer {
  const zip = new PizZip();
  for (const [name, content] of files)
    zip.file(name, content, typeof content === 'string' ? {} : { binary: true });
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}
