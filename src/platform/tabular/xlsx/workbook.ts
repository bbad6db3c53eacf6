import { TableError } from '../errors.ts';
import type { Archive } from './archive.ts';
import { attribute, readSmallXml } from './xml.ts';

export type Sheet = { name: string; part: string; visible: boolean };
export type Workbook = { sheets: Sheet[]; dated1904: boolean; sharedStrings?: string; ownWork: boolean };

/** The application name our own writer leaves in a workbook (see `guard.ts` for why the reader asks). */
export const OWN_APPLICATION = 'Guanxi';

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await readRelations(archive, '_rels/.rels', '');
  const main =
    root.find((relation) => relation.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const file = main.slice(folder.length);
  const relations = await readRelations(archive, `${folder}_rels/${file}.rels`, folder);
  const found: { name: string; id: string; visible: boolean }[] = [];
  let dated1904 = false;
  await readSmallXml(archive, main, {
    open(name, attributes) {
      if (name === 'sheet') {
        const state = attribute(attributes, 'state') ?? 'visible';
        found.push({
          name: attribute(attributes, 'name') ?? '',
          id: attribute(attributes, 'id') ?? '',
          visible: state === 'visible',
        });
      } else if (name === 'workbookPr') {
        dated1904 = ['1', 'true', 'on'].includes(attribute(attributes, 'date1904') ?? '');
      }
    },
  });
  const sheets = found.flatMap(({ name, id, visible }) => {
    const relation = relations.find((candidate) => candidate.id === id);
    return relation?.type.endsWith('/worksheet') ? [{ name, visible, part: relation.target }] : [];
  });
  if (sheets.length === 0) throw new TableError('file_malformed', { detail: main });
  const strings = relations.find((relation) => relation.type.endsWith('/sharedStrings'))?.target;
  return {
    sheets,
    dated1904,
    ownWork: await isOwnWork(archive),
    ...(strings !== undefined && archive.names.has(strings.toLowerCase()) ? { sharedStrings: strings } : {}),
  };
}

type Relation = { id: string; type: string; target: string };

async function readRelations(archive: Archive, part: string, folder: string): Promise<Relation[]> {
  const relations: Relation[] = [];
  if (!archive.names.has(part.toLowerCase())) return relations;
  await readSmallXml(archive, part, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      relations.push({
        id: attributes.Id ?? '',
        type: attributes.Type ?? '',
        target: resolveTarget(folder, attributes.Target ?? ''),
      });
    },
  });
  return relations;
}

function resolveTarget(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

async function isOwnWork(archive: Archive): Promise<boolean> {
  if (!archive.names.has('docprops/app.xml')) return false;
  let inside = false;
  let application = '';
  await readSmallXml(archive, 'docProps/app.xml', {
    open(name) {
      inside = name === 'Application';
    },
    text(text) {
      if (inside) application += text;
    },
    close() {
      inside = false;
    },
  });
  return application === OWN_APPLICATION;
}
