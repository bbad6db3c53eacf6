import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { may } from '../api/meta.tsx';
import type { MetaEntity } from '../api/types.ts';
import { usePhone } from '../shell/hooks.ts';
import { MenuItems, Pop } from '../shell/Pop.tsx';
import type { ListState } from './useListState.ts';

interface Props {
  entity: MetaEntity;
  state: ListState;
  onExport: () => void;
  onCreate: () => void;
}

export function ListHead({ entity, state, onExport, onCreate }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const navigate = useNavigate();
  return (
    <div className="head">
      <h1 tabIndex={-1}>{state.bin ? t('bin.titleOf', { label: entity.manyLabel }) : entity.manyLabel}</h1>
      {state.bin && <span className="quiet">{t('bin.text')}</span>}
      <span className="fill" />
      {!phone && may(entity, 'import') && !state.bin && (
        <Link className="button" to="/import/new" search={{ entity: entity.name }}>
          {t('import.title')}
        </Link>
      )}
      {!phone && may(entity, 'export') && !state.bin && (
        <button type="button" className="button" onClick={onExport}>
          {t('export.title')}
        </button>
      )}
      {may(entity, 'create') && !state.bin && (
        <button type="button" className="button" onClick={onCreate}>
          {t('newOf', { label: entity.label })}
        </button>
      )}
      <Pop
        role="menu"
        align="end"
        label={t('more')}
        trigger={(props) => (
          <button type="button" className="button" {...props} aria-label={t('more')}>
            ⋯
          </button>
        )}
      >
        {(close) => (
          <MenuItems
            close={close}
            items={[
              phone && may(entity, 'export') && { key: 'export', label: t('export.title'), run: onExport },
              state.bin
                ? {
                    key: 'back',
                    label: t('bin.back', { label: entity.manyLabel }),
                    run: () => state.choose(null),
                  }
                : {
                    key: 'bin',
                    label: t('bin.title'),
                    run: () =>
                      void navigate({
                        to: '/r/$plural',
                        params: { plural: entity.plural },
                        search: { bin: true },
                      }),
                  },
            ]}
          />
        )}
      </Pop>
    </div>
  );
}
