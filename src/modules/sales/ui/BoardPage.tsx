import { PlusOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import { type Column, moveTo, useBoard } from './api.ts';
import { BoardColumn } from './BoardColumn.tsx';
import { FactsDialog } from './FactsDialog.tsx';
import { Views } from './Views.tsx';
import './sales.css';

interface Asked {
  record: WireRecord;
  stage: Column;
  missing: string[];
}

/** The opportunities of a pipeline, stage by stage; a card is dragged, or sent on from its menu. */
export function BoardPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const meta = useMeta();
  const { me } = meta;
  const { pipeline, mine } = useSearch({ strict: false }) as { pipeline?: string; mine?: boolean };
  const entity = meta.entity('opportunity') as MetaEntity;
  const own = mine ? { field: 'owner', op: 'eq' as const, value: me.id } : null;
  const { data, error, refetch } = useBoard(pipeline, own);
  const pipelines = useShortList('pipelines', { sort: 'position' });
  const [asked, setAsked] = useState<Asked | null>(null);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const show = (search: { pipeline?: string | undefined; mine?: boolean | undefined }) =>
    void navigate({ to: '/board' as string, search: { pipeline, mine, ...search } as never });
  const move = async (record: WireRecord, stage: Column) => {
    const missing = await moveTo(entity, record, stage).catch((error: unknown) => {
      toastError(error);
      return null;
    });
    if (missing) setAsked({ record, stage, missing });
  };
  return (
    <div className="page full board-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('sales.board')}</h1>
        <Views now="board" />
        <span className="spacer" />
        {(pipelines.data?.items.length ?? 0) > 1 && (
          <Select
            aria-label={t('sales.pipeline')}
            value={data.pipeline}
            options={pipelines.data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? []}
            onChange={(value) => show({ pipeline: value })}
          />
        )}
        <Button
          type={mine ? 'primary' : 'default'}
          aria-pressed={Boolean(mine)}
          onClick={() => show({ mine: mine ? undefined : true })}
        >
          {t('sales.mine')}
        </Button>
        {may(entity, 'create') && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => void openCreate(entity).then((made) => made && refreshEntity(entity.plural))}
          >
            {t('sales.new')}
          </Button>
        )}
      </div>
      <div className="board">
        {data.columns.map((column) => (
          <BoardColumn key={column.id} column={column} stages={data.columns} onMove={move} />
        ))}
      </div>
      {asked && <FactsDialog entity={entity} {...asked} onClose={() => setAsked(null)} />}
    </div>
  );
}
