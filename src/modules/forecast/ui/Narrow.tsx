import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import type { ForecastPage } from '../page/page.shared.ts';
import { narrowed, type Wish } from './wish.ts';

const RegionPicker = lazy(() => import('../../../web/fields/RegionPicker.tsx'));

const BOXES = [
  ['department', 'department', 'owner'],
  ['pipeline', 'pipeline', 'pipeline'],
  ['product', 'product', 'products'],
] as const;

/** Boxes that narrow the forecast to a team, a pipeline, a product, a region; they stand in the address. */
export function Narrow({ page, wish }: { page: ForecastPage; wish: Wish }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { entity } = useMeta();
  const [opportunity, customer] = [entity('opportunity'), entity('customer')];
  const set = (name: 'department' | 'product' | 'pipeline' | 'region', value: string | undefined) => {
    const { [name]: _, ...rest } = wish;
    void navigate({
      to: '/forecast' as string,
      search: (value ? { ...rest, [name]: value } : rest) as never,
      replace: true,
    });
  };
  const some = Object.keys(narrowed(wish)).length > 0;
  return (
    <fieldset className="forecast-narrow" aria-label={t('forecast.narrow')}>
      {BOXES.map(
        ([name, to, field]) =>
          entity(to) &&
          opportunity &&
          fieldOf(opportunity, field) && (
            <label key={name}>
              <span>{t(`forecast.by.${name}`)}</span>
              <ReferencePicker
                to={to}
                noCreate
                placeholder={t('forecast.anyOf')}
                label={t(`forecast.by.${name}`)}
                value={page.chosen[name] ? [page.chosen[name]] : []}
                onChange={(chosen) => set(name, chosen.at(-1)?.id)}
              />
            </label>
          ),
      )}
      {customer && fieldOf(customer, 'province') && (
        <label>
          <span>{t('forecast.region')}</span>
          <Suspense fallback={null}>
            <RegionPicker
              depth={1}
              label={t('forecast.region')}
              value={wish.region ? [wish.region] : []}
              onChange={([region]) => set('region', region)}
            />
          </Suspense>
        </label>
      )}
      {some && (
        <button
          type="button"
          className="link"
          onClick={() =>
            void navigate({
              to: '/forecast' as string,
              search: {
                ...(wish.period ? { period: wish.period } : {}),
                ...(wish.by ? { by: wish.by } : {}),
              } as never,
              replace: true,
            })
          }
        >
          {t('forecast.whole')}
        </button>
      )}
    </fieldset>
  );
}
