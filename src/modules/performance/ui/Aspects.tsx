import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePlaces } from '../../../web/fields/places.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import type { MeasureEntry } from '../measure.ts';
import type { Grid } from '../target/grid.ts';
import type { Wish } from './api.ts';

interface Props {
  offered: MeasureEntry['aspects'];
  /** What the grid that is shown is of, by name. */
  told: Grid['of'] | undefined;
  wish: Pick<Wish, 'product' | 'category' | 'province'>;
  onChange(part: Wish): void;
}

/** Of which product, category or province the targets are; nothing chosen is all. */
export function Aspects({ offered, told, wish, onChange }: Props) {
  const { t } = useTranslation();
  const places = usePlaces(offered.includes('province'));
  const picker = (name: 'product' | 'category', to: string) =>
    offered.includes(name) && (
      <span className="perf-aspect">
        <ReferencePicker
          to={to}
          label={t(`perf.aspect.${name}`)}
          placeholder={t(`perf.aspect.${name}`)}
          value={wish[name] ? [told?.[name] ?? { id: wish[name], title: null }] : []}
          // A target is of a product or of a category.
          onChange={([link]) => onChange({ product: undefined, category: undefined, [name]: link?.id })}
          noCreate
        />
      </span>
    );
  return (
    <>
      {picker('product', 'product')}
      {picker('category', 'productCategory')}
      {offered.includes('province') && (
        <Select
          allowClear
          showSearch
          aria-label={t('perf.aspect.province')}
          placeholder={t('perf.aspect.province')}
          value={wish.province ?? null}
          onChange={(province) => onChange({ province: province ?? undefined })}
          options={places.data?.map(({ name }) => ({ value: name, label: name })) ?? []}
        />
      )}
    </>
  );
}
