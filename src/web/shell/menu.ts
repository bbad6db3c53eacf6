import { useTranslation } from 'react-i18next';
import { MENU_GROUPS, type MenuGroup } from '../../platform/entity/menu.shared.ts';
import { may, useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { forThisSide } from '../outside.ts';
import { type MenuItem, menuItems } from '../slots.ts';

export interface MenuEntry {
  key: string;
  label: string;
  order: number;
  /** A list of records, or else a page. */
  entity?: MetaEntity;
  page?: MenuItem;
}

export interface MenuPart {
  group: MenuGroup | 'custom';
  items: MenuEntry[];
}

const rank = ({ menu }: MetaEntity) =>
  menu ? MENU_GROUPS.indexOf(menu.group) * 1000 + menu.order : Number.MAX_SAFE_INTEGER;

/** Record types that stand in the menu: those that say so, and the company's own. */
export const navEntities = (entities: MetaEntity[]) =>
  entities
    .filter((entity) => may(entity, 'read') && (entity.menu || entity.custom))
    .toSorted((a, b) => rank(a) - rank(b));

/** The menu of whoever is signed in: lists and pages in one order, in parts none of which is empty. */
export function useMenu(): MenuPart[] {
  const { t } = useTranslation();
  const { entities, entity: named } = useMeta();
  const lists = navEntities(entities).map((entity) => ({
    group: entity.menu?.group ?? ('custom' as const),
    item: { key: entity.name, label: entity.manyLabel, order: entity.menu?.order ?? 0, entity },
  }));
  const pages = forThisSide(menuItems).flatMap((page) => {
    const target = page.needs && named(page.needs.entity);
    const allowed = !page.needs || (target && may(target, page.needs.action));
    const item = { key: page.to, label: t(page.label), order: page.order, page };
    return allowed ? [{ group: page.group, item }] : [];
  });
  const all = [...lists, ...pages];
  return [...MENU_GROUPS, 'custom' as const].flatMap((group) => {
    const items = all.filter((each) => each.group === group).map(({ item }) => item);
    return items.length ? [{ group, items: items.toSorted((a, b) => a.order - b.order) }] : [];
  });
}
