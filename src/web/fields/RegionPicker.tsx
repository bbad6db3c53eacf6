import { Cascader } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Place, usePlaces } from './places.ts';

interface Option {
  value: string;
  label: string;
  children?: Option[];
}

const optionsOf = (places: Place[], depth: number): Option[] =>
  places.map((place) => ({
    value: place.name,
    label: place.name,
    ...(depth > 1 && place.children?.length ? { children: optionsOf(place.children, depth - 1) } : {}),
  }));

/** Province, city and district in one control; stopping at a higher level is allowed. */
export default function RegionPicker(props: {
  id?: string | undefined;
  depth: number;
  value: string[];
  onChange: (value: string[]) => void;
  disabled?: boolean;
  label?: string;
}) {
  const { t } = useTranslation();
  const { data } = usePlaces(true);
  return (
    <Cascader
      {...(props.id ? { id: props.id } : {})}
      {...(props.label ? { 'aria-label': props.label } : {})}
      value={props.value.filter(Boolean)}
      options={optionsOf(data ?? [], props.depth)}
      onChange={(value) => props.onChange((value as string[] | undefined) ?? [])}
      changeOnSelect
      showSearch
      allowClear
      loading={!data}
      disabled={props.disabled ?? false}
      placeholder={t('region.pick')}
      style={{ width: '100%' }}
    />
  );
}
