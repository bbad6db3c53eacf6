import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { slotsOf } from '../slots.ts';
import { EntityIcon } from './icons.tsx';
import { navEntities } from './menu.ts';
import { MenuItems, Pop } from './Pop.tsx';

type ButtonProps = Parameters<Parameters<typeof Pop>[0]['trigger']>[0];

/** Opens the form of a record type and, once saved, the new record's page; a form of its own says where things stand itself. */
export function useCreate() {
  const navigate = useNavigate();
  return async (entity: MetaEntity, values?: Record<string, unknown>) => {
    const made = await openCreate(entity, values);
    const own = slotsOf(entity.name, 'form.create').length > 0;
    if (made && !own) void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: made.id } });
  };
}

interface Props {
  button: (props: ButtonProps) => ReactNode;
  /** A record type that is not offered. */
  without?: string;
  /** When one was chosen. */
  onChoose?: () => void;
}

/** A menu of what may be made. */
export function QuickCreate({ button, without, onChoose }: Props) {
  const { t } = useTranslation();
  const create = useCreate();
  const choices = navEntities(useMeta().entities).filter(
    (entity) => may(entity, 'create') && entity.name !== without,
  );
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
            run: () => {
              onChoose?.();
              void create(entity);
            },
          }))}
        />
      )}
    </Pop>
  );
}
