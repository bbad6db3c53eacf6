import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { EntityIcon } from './icons.tsx';
import { navEntities } from './Nav.tsx';
import { MenuItems, Pop } from './Pop.tsx';

type ButtonProps = Parameters<Parameters<typeof Pop>[0]['trigger']>[0];

/** Opens the form of a record type and, once saved, the new record's page. */
export function useCreate() {
  const navigate = useNavigate();
  return async (entity: MetaEntity, values?: Record<string, unknown>) => {
    const made = await openCreate(entity, values);
    if (made) void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: made.id } });
  };
}

export function QuickCreate({ button }: { button: (props: ButtonProps) => ReactNode }) {
  const { t } = useTranslation();
  const create = useCreate();
  const choices = navEntities(useMeta().entities).filter((entity) => may(entity, 'create'));
  if (choices.length === 0) return null;
  return (
    <Pop role="menu" align="end" label={t('new')} trigger={button}>
      {(close) => (
        <MenuItems
          close={close}
          items={choices.map((entity) => ({
            key: entity.name,
            label: (
              <span className="menu-icon">
                <EntityIcon entity={entity} /> {entity.label}
              </span>
            ),
            run: () => void create(entity),
          }))}
        />
      )}
    </Pop>
  );
}
