import type PizZip from 'pizzip';

/** A round seal is 42 mm wide, in the measure of Word drawings. */
const WIDTH = 1_512_000;
const RELATION = 'rIdGuanxiSeal';
const IMAGE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/image';

/** Puts the picture of a seal where its mark stands: above the text, half over it, as a stamp is. */
export function placeSeal(zip: PizZip, mark: string, seal: string): void {
  const document = zip.file('word/document.xml')?.asText() ?? '';
  if (!document.includes(mark)) return;
  const type = seal.startsWith('data:image/png') ? 'png' : 'jpeg';
  zip.file(`word/media/guanxi-seal.${type}`, seal.slice(seal.indexOf(',') + 1), { base64: true });
  zip.file('word/document.xml', document.replaceAll(mark, `</w:t>${drawing()}<w:t xml:space="preserve">`));
  add(
    zip,
    'word/_rels/document.xml.rels',
    '</Relationships>',
    `<Relationship Id="${RELATION}" Type="${IMAGE}" Target="media/guanxi-seal.${type}"/>`,
  );
  const types = zip.file('[Content_Types].xml')?.asText() ?? '';
  if (!new RegExp(`Extension="${type}"`, 'i').test(types))
    add(zip, '[Content_Types].xml', '</Types>', `<Default Extension="${type}" ContentType="image/${type}"/>`);
}

function add(zip: PizZip, name: string, end: string, text: string): void {
  const content = zip.file(name)?.asText() ?? '';
  zip.file(
    name,
    content.replace(end, () => text + end),
  );
}

const size = (prefix: string) => `<${prefix} cx="${WIDTH}" cy="${WIDTH}"/>`;

const drawing = () =>
  `<w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="251658240" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="character"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="line"><wp:posOffset>-${WIDTH / 2}</wp:posOffset></wp:positionV>${size('wp:extent')}<wp:wrapNone/><wp:docPr id="90001" name="seal"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="90001" name="seal"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>${size('a:ext')}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>`;
