import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { MetaEntity } from '../api/types.ts';
import { MenuItems, Pop } from '../shell/Pop.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import { choicesOf, type MappedColumn } from './api.ts';

/** A mapping by header: fits any file with the same columns, in whatever order. */
interface SavedMapping {
  id: string;
  name: string;
  definition: { mapping: { header: string; field: string | null }[] };
}

interface Props {
  entity: MetaEntity;
  mapping: MappedColumn[];
  onLoad: (mapping: MappedColumn[]) => void;
}

export function SavedMappings({ entity, mapping, onLoad }: Props) {
  const { t } = useTranslation();
  const key = ['import-mappings', entity.name];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => get<{ items: SavedMapping[] }>('/import-mappings', { entity: entity.name }),
  });
  const load = (saved: SavedMapping) =>
    onLoad(
      mapping.map((column) => {
        const field = saved.definition.mapping.find((known) => known.header === column.header)?.field ?? null;
        return { ...column, field, confidence: field ? 1 : 0 };
      }),
    );
  return (
    <>
      {!!data?.items.length && (
        <Pop
          role="menu"
          align="end"
          label={t('import.loadMapping')}
          trigger={(props) => (
            <button type="button" className="button" {...props}>
              {t('import.loadMapping')}
            </button>
          )}
        >
          {(close) => (
            <MenuItems
              close={close}
              items={data.items.map((saved) => ({
                key: saved.id,
                label: saved.name,
                run: () => load(saved),
              }))}
            />
          )}
        </Pop>
      )}
      <Pop
        align="end"
        label={t('import.saveMapping')}
        trigger={(props) => (
          <button type="button" className="button" {...props}>
            {t('import.saveMapping')}
          </button>
        )}
      >
        {(close) => (
          <SaveForm
            entity={entity}
            mapping={mapping}
            onSaved={() => {
              close();
              void queryClient.invalidateQueries({ queryKey: key });
            }}
          />
        )}
      </Pop>
    </>
  );
}

function SaveForm(props: { entity: MetaEntity; mapping: MappedColumn[]; onSaved: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const save = async () => {
    try {
      await post('/import-mappings', {
        entity: props.entity.name,
        name: name.trim(),
        definition: { mapping: choicesOf(props.mapping) },
      });
      toast(t('import.mappingSaved', { name: name.trim() }));
      props.onSaved();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <form
      className="term-form"
      style={{ width: 320 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) void save();
      }}
    >
      <Input
        aria-label={t('import.mappingName')}
        placeholder={t('import.mappingName')}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!name.trim()}>
        {t('save')}
      </Button>
    </form>
  );
}
