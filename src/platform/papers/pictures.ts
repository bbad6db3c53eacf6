import type PizZip from 'pizzip';
import { pictureSize } from '../print/picture.ts';

/** EMU, the measure of Word drawings. */
const MM = 36_000;
/** A round seal is 42 mm wide. */
const SEAL = { width: 42 * MM, height: 42 * MM };
const LOGO = { width: 60 * MM, height: 14 * MM };
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';

interface Size {
  width: number;
  height: number;
}
type Pictures<T> = Readonly<Record<'seal' | 'logo', T>>;

/** Puts pictures where their marks stand: the seal half over the text as a stamp is, the logo in the line. */
export function placePictures(
  zip: PizZip,
  marks: Pictures<string>,
  { seal, logo }: Pictures<string | undefined>,
): void {
  if (seal) place(zip, 'Seal', marks.seal, seal, (id) => floating('Seal', id, SEAL));
  if (logo) place(zip, 'Logo', marks.logo, logo, (id) => inline('Logo', id, logoSize(logo)));
}

type Name = 'Seal' | 'Logo';

/** As large as fits into a head, its shape kept. */
function logoSize(image: string): Size {
  const { width, height } = pictureSize(image) ?? LOGO;
  const scale = Math.min(LOGO.width / width, LOGO.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** In the document and in its heads and feet, each of which names its own pictures. */
function place(zip: PizZip, name: Name, mark: string, image: string, drawing: (id: string) => string): void {
  const parts = zip
    .file(/^word\/(?:document|header\d*|footer\d*)\.xml$/)
    .filter((part) => part.asText().includes(mark));
  if (parts.length === 0) return;
  const type = image.startsWith('data:image/png') ? 'png' : 'jpeg';
  const media = `media/guanxi-${name.toLowerCase()}.${type}`;
  const relation = `rIdGuanxi${name}`;
  zip.file(`word/${media}`, image.slice(image.indexOf(',') + 1), { base64: true });
  for (const part of parts) {
    const text = part.asText();
    zip.file(part.name, text.replaceAll(mark, `</w:t>${drawing(relation)}<w:t xml:space="preserve">`));
    const relations = part.name.replace('word/', 'word/_rels/').concat('.rels');
    if (!zip.file(relations)) zip.file(relations, `<Relationships xmlns="${RELATIONS}"></Relationships>`);
    add(
      zip,
      relations,
      'Relationships',
      `<Relationship Id="${relation}" Type="${IMAGE}" Target="${media}"/>`,
    );
  }
  const types = zip.file('[Content_Types].xml')?.asText() ?? '';
  if (!new RegExp(`Extension="${type}"`, 'i').test(types))
    add(zip, '[Content_Types].xml', 'Types', `<Default Extension="${type}" ContentType="image/${type}"/>`);
}

/** At the end of the outermost element, also where a head without pictures has it empty. */
function add(zip: PizZip, name: string, outermost: string, text: string): void {
  const content = zip.file(name)?.asText() ?? '';
  const open = content.replace(
    new RegExp(`<${outermost}([^>]*)/>\\s*$`),
    (_, attributes: string) => `<${outermost}${attributes}></${outermost}>`,
  );
  zip.file(
    name,
    open.replace(`</${outermost}>`, (end) => text + end),
  );
}

const WP = 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing';
const A = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const PIC = 'http://schemas.openxmlformats.org/drawingml/2006/picture';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NUMBERS = { Seal: 90001, Logo: 90002 };

const extent = (tag: string, { width, height }: Size) => `<${tag} cx="${width}" cy="${height}"/>`;

const floating = (name: Name, id: string, size: Size) =>
  `<w:drawing><wp:anchor xmlns:wp="${WP}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251658240" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="character"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="line"><wp:posOffset>-${size.height / 2}</wp:posOffset></wp:positionV>${extent('wp:extent', size)}<wp:wrapNone/>${picture(name, id, size)}</wp:anchor></w:drawing>`;

const inline = (name: Name, id: string, size: Size) =>
  `<w:drawing><wp:inline xmlns:wp="${WP}" distT="0" distB="0" distL="0" distR="0">${extent('wp:extent', size)}${picture(name, id, size)}</wp:inline></w:drawing>`;

const picture = (name: Name, id: string, size: Size) =>
  `<wp:docPr id="${NUMBERS[name]}" name="${name.toLowerCase()}"/><a:graphic xmlns:a="${A}"><a:graphicData uri="${PIC}"><pic:pic xmlns:pic="${PIC}"><pic:nvPicPr><pic:cNvPr id="${NUMBERS[name]}" name="${name.toLowerCase()}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="${R}" r:embed="${id}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>${extent('a:ext', size)}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`;
