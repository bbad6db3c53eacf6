import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useRecord } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { ShareDialog } from '../../../web/file/ShareDialog.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { ShownDashboard, Tile } from '../dashboard/dashboard.shared.ts';
import { AddTile } from './AddTile.tsx';
import { refreshAnalysis, useCatalogue, useDashboard, useDashboards } from './api.ts';
import { NewDashboard } from './DashboardsPage.tsx';
import { moved } from './model.ts';
import { TileCard } from './TileCard.tsx';
import './analysis.css';

/** Reports side by side, as somebody arranged them. */
export function DashboardPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data, error, refetch } = useDashboard(id);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Dashboard key={`${id}${data.version}`} shown={data} />;
}

const MINUTES = [1, 5, 15, 60];

function Dashboard({ shown }: { shown: ShownDashboard }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('dashboard');
  const navigate = useNavigate();
  // In the address, so that a save, which shows the new version anew, can end it.
  const editing = (useSearch({ strict: false }) as { edit?: boolean }).edit === true;
  const setEditing = (edit: boolean) =>
    void navigate({
      to: `/dashboards/${shown.id}` as string,
      search: (edit ? { edit } : {}) as never,
      replace: true,
    });
  const record = useRecord('dashboards', shown.id).data;
  const { data: catalogue } = useCatalogue();
  const [name, setName] = useState(shown.name);
  const [tiles, setTiles] = useState<Tile[]>(shown.tiles);
  const [refresh, setRefresh] = useState(shown.refresh);
  const [adding, setAdding] = useState(false);
  const [sharing, setSharing] = useState(false);
  const { busy, run } = useSaving();
  const save = () =>
    run(async () => {
      await patch<WireRecord>(`/dashboards/${shown.id}`, { name, tiles, refresh }, shown.version);
      refreshAnalysis();
      setEditing(false);
      toast(t('analysis.saved', { name }), { kind: 'good' });
    }, toastError);
  const cancel = () => {
    setName(shown.name);
    setTiles(shown.tiles);
    setRefresh(shown.refresh);
    setEditing(false);
  };
  const put = (tile: Tile) => setTiles(tiles.map((each) => (each.id === tile.id ? tile : each)));
  return (
    <div className="page full">
      <div className="head">
        {editing ? (
          <Input
            className="report-name"
            value={name}
            maxLength={100}
            aria-label={t('analysis.name')}
            onChange={(event) => setName(event.target.value)}
          />
        ) : (
          <>
            <h1 tabIndex={-1}>{shown.name}</h1>
            <Others id={shown.id} />
          </>
        )}
        <span className="fill" />
        {editing ? (
          <>
            <Select
              aria-label={t('analysis.refresh')}
              value={refresh ?? 0}
              popupMatchSelectWidth={false}
              onChange={(minutes) => setRefresh(minutes || null)}
              options={[
                { value: 0, label: t('analysis.never') },
                ...MINUTES.map((value) => ({ value, label: t('analysis.every', { count: value }) })),
              ]}
            />
            <Button onClick={() => setAdding(true)}>{t('analysis.addTile')}</Button>
            <Button onClick={cancel}>{t('cancel')}</Button>
            <Button type="primary" loading={busy} disabled={!name.trim()} onClick={() => void save()}>
              {t('save')}
            </Button>
          </>
        ) : (
          <>
            <Button className="no-print" onClick={() => window.print()}>
              {t('analysis.print')}
            </Button>
            {record?.can.share && <Button onClick={() => setSharing(true)}>{t('share.title')}</Button>}
            {record?.can.update && (
              <>
                <Link
                  className="button"
                  to="/r/$plural/$id/edit"
                  params={{ plural: 'dashboards', id: shown.id }}
                >
                  {t('analysis.settings')}
                </Link>
                <Button onClick={() => setEditing(true)}>{t('analysis.arrange')}</Button>
              </>
            )}
            {entity && may(entity, 'create') && <NewDashboard />}
          </>
        )}
      </div>
      {tiles.length === 0 && (
        <div className="empty-page card">
          <h2>{t('analysis.noTile')}</h2>
          {(editing || record?.can.update) && (
            <button
              type="button"
              className="button primary"
              onClick={() => {
                setEditing(true);
                setAdding(true);
              }}
            >
              {t('analysis.addTile')}
            </button>
          )}
        </div>
      )}
      <div className="report-tiles">
        {tiles.map((tile, at) => (
          <TileCard
            key={tile.id}
            {...{ tile, at, editing, catalogue }}
            last={at === tiles.length - 1}
            every={editing ? null : shown.refresh}
            onChange={put}
            onRemove={() => setTiles(tiles.filter(({ id }) => id !== tile.id))}
            onMove={(from, to) => setTiles(moved(tiles, from, to))}
          />
        ))}
      </div>
      {adding && (
        <AddTile
          onClose={() => setAdding(false)}
          onAdd={(tile) => {
            setTiles([...tiles, { ...tile, id: crypto.randomUUID() }]);
            setAdding(false);
          }}
        />
      )}
      {sharing && record && entity && (
        <ShareDialog entity={entity} record={record} onClose={() => setSharing(false)} />
      )}
    </div>
  );
}

/** The other dashboards there are. */
function Others({ id }: { id: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useDashboards();
  if (!data || data.items.length < 2) return null;
  return (
    <Select
      size="small"
      className="no-print"
      aria-label={t('analysis.others')}
      value={id}
      popupMatchSelectWidth={false}
      onChange={(next) => void navigate({ to: `/dashboards/${next}` as string })}
      options={data.items.map((each) => ({ value: each.id, label: each.name }))}
    />
  );
}
