import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/client.ts';
import { may, useMeta } from '../api/meta.tsx';
import type { Link } from '../api/types.ts';
import { openCreate } from '../form/create.ts';
import { useDebounced, usePhone } from '../shell/hooks.ts';
import { shortInstant } from './format.ts';
import { PickerNote } from './PickerNote.tsx';

interface Props {
  id?: string | undefined;
  label?: string | undefined;
  placeholder?: string;
  to: string;
  many?: boolean;
  value: Link[];
  onChange: (value: Link[]) => void;
  autoFocus?: boolean | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  onBlur?: (() => void) | undefined;
  /** A filter that the caller has no use for new records in. */
  noCreate?: boolean;
  /** The part of the records to choose from (`offered` of their declaration); all of them, as for a filter, unless told. */
  among?: string | undefined;
}

interface Found extends Link {
  off?: true;
  awayUntil?: string;
  sample?: true;
}

/** Finds records by name or pinyin within the user's rights; what is missing can be made on the spot. */
export function ReferencePicker({ to, many, value, onChange, noCreate, among, ...rest }: Props) {
  const { t } = useTranslation();
  const entity = useMeta().entity(to);
  // On the phone a list that opens by itself would lie over the button of its dialog.
  const phone = usePhone();
  const [open, setOpen] = useState(!!rest.autoFocus && !phone);
  const [typed, setTyped] = useState('');
  const q = useDebounced(typed, 150);
  const { data, isFetching } = useQuery({
    queryKey: ['lookup', to, q, among],
    queryFn: ({ signal }) => get<{ items: Found[] }>(`/lookup/${to}`, { q, limit: 20, among }, signal),
    enabled: open,
    placeholderData: (old) => old,
  });
  const found = data?.items ?? [];
  const held: Found[] = value.map((link) => found.find(({ id }) => id === link.id) ?? link);
  const known = [...held, ...found.filter((item) => !held.includes(item))];
  const name = ({ title, off, awayUntil }: Found) => {
    if (off) return t('picker.off', { name: title });
    if (awayUntil) return t('picker.away', { name: title, until: shortInstant(awayUntil) });
    return title ?? t('record.outOfSight');
  };
  const pick = (ids: string[]) =>
    onChange(
      ids.flatMap((id) => {
        const item = known.find((each) => each.id === id);
        return item ? { id, title: item.title } : [];
      }),
    );
  const create = async () => {
    if (!entity) return;
    setOpen(false);
    const made = await openCreate(entity, { [entity.title]: typed });
    if (!made) return;
    const link = { id: made.id, title: made.title };
    onChange(many ? [...value, link] : [link]);
    setTyped('');
  };
  const canCreate = !noCreate && may(entity, 'create') && typed.trim() !== '';
  return (
    <Select<string | string[]>
      {...(rest.id ? { id: rest.id } : {})}
      {...(rest.label ? { 'aria-label': rest.label } : {})}
      {...(many ? { mode: 'multiple' as const } : {})}
      {...(rest.invalid ? { status: 'error' as const } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
      allowClear
      autoFocus={rest.autoFocus ?? false}
      disabled={rest.disabled ?? false}
      open={open}
      onOpenChange={setOpen}
      loading={isFetching}
      listHeight={phone ? 176 : 256}
      value={many ? value.map((item) => item.id) : (value[0]?.id ?? (null as unknown as string))}
      onChange={(chosen) => {
        setTyped('');
        pick(Array.isArray(chosen) ? chosen : chosen ? [chosen] : []);
        if (phone) setOpen(false);
      }}
      onBlur={() => rest.onBlur?.()}
      options={known
        .filter((item) => found.includes(item) || (many && typed === '') || typed === '')
        .map((item) => ({ value: item.id, label: name(item), sample: item.sample }))}
      optionRender={({ label, data: { sample } }) => (sample ? t('picker.sample', { name: label }) : label)}
      notFoundContent={
        <PickerNote>{isFetching ? t('loading') : typed ? t('picker.none') : t('picker.type')}</PickerNote>
      }
      placeholder={rest.placeholder ?? t('picker.placeholder')}
      style={{ width: '100%' }}
      {...(canCreate
        ? {
            popupRender: (menu: React.ReactElement) => (
              <>
                {menu}
                <Button
                  type="text"
                  block
                  className="picker-create"
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => void create()}
                >
                  {t('picker.create', { label: entity?.label, name: typed.trim() })}
                </Button>
              </>
            ),
          }
        : {})}
    />
  );
}
