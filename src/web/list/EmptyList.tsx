import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { may } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';

interface Props {
  entity: MetaEntity;
  filtered: boolean;
  bin: boolean;
  onClear: () => void;
  onCreate: () => void;
}

/** An empty list says what belongs here and offers the first step. */
export function EmptyList({ entity, filtered, bin, onClear, onCreate }: Props) {
  const { t } = useTranslation();
  const { label } = entity;
  if (bin)
    return (
      <div className="empty-page card">
        <h2>{t('bin.empty')}</h2>
        <p>{t('bin.emptyText')}</p>
      </div>
    );
  if (filtered)
    return (
      <div className="empty-page card">
        <h2>{t('list.noneMatch', { label })}</h2>
        <p>{t('list.noneMatchText')}</p>
        <Button onClick={onClear}>{t('filter.clear')}</Button>
      </div>
    );
  return (
    <div className="empty-page card">
      <h2>{t('list.none', { label })}</h2>
      <p>{t('list.noneText', { label })}</p>
      <div className="actions">
        {may(entity, 'create') && (
          <Button type="primary" onClick={onCreate}>
            {t('newOf', { label })}
          </Button>
        )}
        {may(entity, 'import') && (
          <Link className="button" to="/import/new" search={{ entity: entity.name }}>
            {t('import.title')}
          </Link>
        )}
      </div>
    </div>
  );
}
