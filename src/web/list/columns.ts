import { isSystem, shownFields } from '../api/meta.tsx';
import { usePreference } from '../api/preferences.ts';
import type { MetaEntity, MetaField, SavedView } from '../api/types.ts';
import { isNumeric } from '../fields/format.ts';

interface Layout {
  columns?: string[];
  widths?: Record<string, number>;
}

const WIDTHS: Partial<Record<MetaField['kind'], number>> = {
  longText: 240,
  email: 180,
  url: 180,
  phones: 140,
  phone: 130,
  integer: 100,
  decimal: 110,
  money: 130,
  date: 110,
  instant: 120,
  boolean: 80,
  choice: 100,
  multiChoice: 150,
  reference: 150,
  references: 160,
  region: 100,
  birthday: 110,
};

const defaultWidth = (entity: MetaEntity, field: MetaField) =>
  field.name === entity.title ? 240 : field.name === 'owner' ? 100 : (WIDTHS[field.kind] ?? 150);

export interface Column {
  field: MetaField;
  width: number;
  numeric: boolean;
}

/** Chosen columns in their order with their widths, kept for each user and each view. */
export function useColumns(entity: MetaEntity, view: SavedView | undefined) {
  const [layout, setLayout] = usePreference<Layout>(`list.${view?.id ?? entity.name}`, {});
  const names = layout.columns ?? view?.definition.columns ?? entity.list.columns;
  const fields = names.flatMap((name) => shownFields(entity).find((field) => field.name === name) ?? []);
  const title = entity.fields.find((field) => field.name === entity.title);
  const shown = fields.length > 0 ? fields : title ? [title] : [];
  return {
    columns: shown.map(
      (field): Column => ({
        field,
        width: layout.widths?.[field.name] ?? defaultWidth(entity, field),
        numeric: isNumeric(field),
      }),
    ),
    names: shown.map((field) => field.name),
    choose: (columns: string[]) => setLayout({ ...layout, columns }),
    resize: (name: string, width: number) =>
      setLayout({
        ...layout,
        widths: { ...layout.widths, [name]: Math.round(Math.max(60, Math.min(width, 800))) },
      }),
    reset: () => setLayout({}),
  };
}

/** All fields that may be columns: a person's own first, the system's last. */
export const possibleColumns = (entity: MetaEntity): MetaField[] =>
  shownFields(entity).toSorted((a, b) => Number(isSystem(a)) - Number(isSystem(b)));
