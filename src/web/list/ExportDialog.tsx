import { useQuery } from '@tanstack/react-query';
import { Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, url } from '../api/client.ts';
import type { ListWish, Target } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { useChosen } from '../approvals/chosen.tsx';
import { Bar } from '../shell/JobProgress.tsx';
import { possibleColumns } from './columns.ts';

interface ExportState {
  id: string;
  state: string;
  progress?: { done: number; total: number | null } | null;
  error?: unknown;
  /** Set where the company wants it decided first. */
  approval?: { id: string; status: string } | null;
}

interface Props {
  entity: MetaEntity;
  wish: ListWish;
  columns: string[];
  selected: { target: Target; count: number } | null;
  total: string;
  onClose: () => void;
}

/** Which records, which columns, which format; then the file. */
export function ExportDialog({ entity, wish, columns, selected, total, onClose }: Props) {
  const { t } = useTranslation();
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx');
  const [which, setWhich] = useState<'selected' | 'all'>(selected ? 'selected' : 'all');
  const [names, setNames] = useState(columns);
  const [id, setId] = useState<string | null>(null);
  const [approval, setApproval] = useState<string | null>(null);
  const choice = useChosen();
  const { data } = useQuery({
    queryKey: ['export', id],
    queryFn: () => get<ExportState>(`/exports/${id}`),
    enabled: !!id,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.state === 'done' || state.data?.state === 'failed' || approval ? false : 700,
  });
  const start = async () => {
    const chosen =
      which === 'selected' && selected && 'ids' in selected.target ? { ids: selected.target.ids } : {};
    try {
      const made = await post<ExportState>('/exports', {
        entity: entity.name,
        format,
        columns: names,
        sort: wish.sort,
        ...(wish.filter && !('ids' in chosen) ? { filter: wish.filter } : {}),
        ...(wish.q && !('ids' in chosen) ? { q: wish.q } : {}),
        ...chosen,
        ...choice.body,
      });
      setId(made.id);
      setApproval(made.approval?.status === 'running' ? made.approval.id : null);
    } catch (error) {
      choice.take(error);
    }
  };
  const done = data?.state === 'done';
  return (
    <Modal
      open
      width={520}
      title={t('export.titleOf', { label: entity.manyLabel })}
      okText={t('export.go')}
      cancelText={t(id ? 'close' : 'cancel')}
      okButtonProps={{ disabled: names.length === 0 || !choice.ready, style: id ? { display: 'none' } : {} }}
      onOk={() => void start()}
      onCancel={onClose}
    >
      {id ? (
        <div role="status">
          {approval ? (
            <p>
              {t('export.waits')}{' '}
              <a className="link" href={`/approvals/${approval}`}>
                {t('export.seeApproval')}
              </a>
            </p>
          ) : data?.state === 'failed' ? (
            <p className="form-error">{t('export.failed')}</p>
          ) : done ? (
            <p>
              {t('export.ready')}{' '}
              <a className="button primary" href={url(`/exports/${id}/content`)} download>
                {t('export.download')}
              </a>
            </p>
          ) : (
            <Bar done={data?.progress?.done ?? 0} total={data?.progress?.total ?? null} />
          )}
          {!done && !approval && <p className="quiet">{t('export.goesOn')}</p>}
        </div>
      ) : (
        <>
          <div className="field">
            <span className="field-label">{t('export.which')}</span>
            <Radio.Group value={which} onChange={(event) => setWhich(event.target.value)}>
              {selected && <Radio value="selected">{t('export.selected', { count: selected.count })}</Radio>}
              <Radio value="all">{t('export.all', { total })}</Radio>
            </Radio.Group>
          </div>
          <div className="field">
            <span className="field-label">{t('export.format')}</span>
            <Radio.Group value={format} onChange={(event) => setFormat(event.target.value)}>
              <Radio value="xlsx">{t('export.xlsx')}</Radio>
              <Radio value="csv">CSV</Radio>
            </Radio.Group>
          </div>
          <div className="field">
            <label className="field-label" htmlFor="export-columns">
              {t('columns.title')}
            </label>
            <Select
              id="export-columns"
              mode="multiple"
              value={names}
              onChange={setNames}
              optionFilterProp="label"
              options={possibleColumns(entity).map((field) => ({ value: field.name, label: field.label }))}
              style={{ width: '100%' }}
            />
            <button
              type="button"
              className="link"
              onClick={() => setNames(possibleColumns(entity).map((field) => field.name))}
            >
              {t('columns.all')}
            </button>
          </div>
          {choice.fields}
          <p className="field-hint">{t('export.hint')}</p>
        </>
      )}
    </Modal>
  );
}
