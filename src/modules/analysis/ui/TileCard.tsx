import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { CHARTS, type ChartKind } from '../../../platform/analysis/view.shared.ts';
import { useDropTarget } from '../../../web/shell/useDropTarget.ts';
import type { Tile } from '../dashboard/dashboard.shared.ts';
import { HEIGHTS, WIDTHS } from '../dashboard/tiles.shared.ts';
import type { Catalogue } from '../run/answer.shared.ts';
import { Answer } from './Answer.tsx';
import { PeriodChoice } from './ShippedPage.tsx';

interface Props {
  tile: Tile;
  at: number;
  last: boolean;
  editing: boolean;
  every: number | null;
  catalogue: Catalogue | undefined;
  onChange(tile: Tile): void;
  onRemove(): void;
  onMove(from: number, to: number): void;
}

const DRAGGED_TILE = 'application/x-tile';

/** A report on a dashboard; while one arranges it is dragged to its place, or sent there by its buttons. */
export function TileCard({ tile, at, last, editing, every, catalogue, onChange, onRemove, onMove }: Props) {
  const { t } = useTranslation();
  const told = toldBy(tile, catalogue);
  const title = tile.title || told?.title || t('analysis.gone');
  const chart: ChartKind = tile.chart ?? told?.chart ?? 'table';
  const { over, target } = useDropTarget(
    (event) => onMove(Number(event.dataTransfer.getData(DRAGGED_TILE)), at),
    editing,
  );
  return (
    <section
      className={`card report-tile w${tile.width} h${tile.height}${over ? ' over' : ''}`}
      aria-label={title}
      draggable={editing}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED_TILE, String(at))}
      {...target}
    >
      <header>
        <h2>{told && !editing ? <Link to={told.to as string}>{title}</Link> : title}</h2>
        {editing && (
          <span className="report-tile-tools">
            <button
              type="button"
              className="icon-button"
              disabled={at === 0}
              aria-label={t('analysis.forward', { name: title })}
              onClick={() => onMove(at, at - 1)}
            >
              <LeftOutlined aria-hidden />
            </button>
            <button
              type="button"
              className="icon-button"
              disabled={last}
              aria-label={t('analysis.backward', { name: title })}
              onClick={() => onMove(at, at + 1)}
            >
              <RightOutlined aria-hidden />
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={t('analysis.remove', { name: title })}
              onClick={onRemove}
            >
              <CloseOutlined aria-hidden />
            </button>
          </span>
        )}
      </header>
      {editing && <Settings {...{ tile, catalogue, chart, onChange }} />}
      {told || 'query' in tile.source ? (
        <Answer source={tile.source} chart={chart} label={title} tile every={every} />
      ) : (
        <p className="report-empty quiet">{t('analysis.goneText')}</p>
      )}
    </section>
  );
}

function Settings({
  tile,
  catalogue,
  chart,
  onChange,
}: Pick<Props, 'tile' | 'catalogue' | 'onChange'> & { chart: ChartKind }) {
  const { t } = useTranslation();
  const { source } = tile;
  const shipped =
    'shipped' in source ? catalogue?.shipped.find(({ name }) => name === source.shipped) : undefined;
  const size = (each: number) => ({ value: each, label: String(each) });
  return (
    <div className="report-choices">
      {shipped && 'shipped' in source && shipped.by.length > 1 && (
        <Select
          size="small"
          aria-label={t('analysis.by')}
          value={source.by ?? 0}
          popupMatchSelectWidth={false}
          onChange={(by) => onChange({ ...tile, source: { ...source, by } })}
          options={shipped.by.map((label, value) => ({ value, label: t('analysis.byWhat', { label }) }))}
        />
      )}
      {shipped?.timed && 'shipped' in source && (
        <PeriodChoice
          value={source.period}
          usual={shipped.period}
          onChange={(period) => {
            const { period: _, ...rest } = source;
            onChange({ ...tile, source: period ? { ...rest, period } : rest });
          }}
        />
      )}
      <Select<ChartKind>
        size="small"
        aria-label={t('analysis.chart')}
        value={chart}
        onChange={(next) => onChange({ ...tile, chart: next })}
        options={CHARTS.map((value) => ({ value, label: t(`analysis.charts.${value}`) }))}
      />
      <Select
        size="small"
        aria-label={t('analysis.width')}
        value={tile.width}
        onChange={(width) => onChange({ ...tile, width })}
        options={WIDTHS.map((value) => ({ value, label: t('analysis.widths', { part: value }) }))}
      />
      <Select
        size="small"
        aria-label={t('analysis.height')}
        value={tile.height}
        onChange={(height) => onChange({ ...tile, height })}
        options={HEIGHTS.map(size) as { value: Tile['height']; label: string }[]}
      />
    </div>
  );
}

/** Title, look and page of what a tile tells, if one may use it. */
function toldBy({ source }: Tile, catalogue: Catalogue | undefined) {
  if ('shipped' in source) {
    const entry = catalogue?.shipped.find(({ name }) => name === source.shipped);
    return entry && { title: entry.title, chart: entry.chart, to: `/analysis/shipped/${entry.name}` };
  }
  if (!('saved' in source)) return undefined;
  const entry = catalogue?.saved.find(({ id }) => id === source.saved);
  return entry && { title: entry.name, chart: entry.chart, to: `/analysis/${entry.id}` };
}
