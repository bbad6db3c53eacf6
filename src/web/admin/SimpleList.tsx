import { useTranslation } from 'react-i18next';
import { refreshEntity } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { Catalogue } from './Catalogue.tsx';
import { EditDialog } from './EditDialog.tsx';

/** A small catalogue whose records are made and changed in their usual form. */
export function SimpleList({ entity }: { entity: MetaEntity }) {
  const { t } = useTranslation();
  const add = async () => {
    if (await openCreate(entity)) refreshEntity(entity.plural);
  };
  return (
    <Catalogue
      entity={entity}
      sort={entity.list.sort}
      none={{
        title: t('list.none', { label: entity.label }),
        text: t('list.noneText', { label: entity.label }),
      }}
      add={add}
      edit={(record, close) => <EditDialog entity={entity} record={record} onClose={close} />}
    />
  );
}
