import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Filter, MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { shortInstant } from '../../../web/fields/format.ts';
import { deleteOne } from '../../../web/list/mass.ts';
import { MenuItems, Pop } from '../../../web/shell/Pop.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import { memberSearch, refreshSegments, totalText, useStanding } from './api.ts';
import { RuleLost } from './RuleLost.tsx';
import { Said } from './Said.tsx';

interface Props {
  entity: MetaEntity;
  segment: WireRecord;
}

/** One segment: its conditions in words, its size, and what can be done with it. */
export function SegmentCard({ entity, segment }: Props) {
  const { t } = useTranslation();
  const members = useMeta().entity(String(segment.entity));
  const definition = segment.definition as Filter;
  const frozen = segment.kind === 'frozen';
  return (
    <li className="card segment-card">
      <div className="segment-what">
        <h2>
          <Link to={`/segments/${segment.id}` as string}>{segment.title}</Link>
          <span className={`tag ${frozen ? 'dai' : 'song'}`}>{t(`segments.kind.${segment.kind}`)}</span>
          {segment.entity !== 'customer' && <span className="tag">{members?.label}</span>}
        </h2>
        {members && <Said entity={members} definition={definition} />}
        <p className="quiet">
          {(segment.owner as Reference | null)?.title}
          {frozen && segment.refreshedAt
            ? ` · ${t('segments.asOf', { at: shortInstant(String(segment.refreshedAt)) })}`
            : ''}
          {segment.description ? ` · ${segment.description}` : ''}
        </p>
        <RuleLost segment={segment} />
      </div>
      <Size segment={segment} plural={members?.plural} />
      <Actions entity={entity} segment={segment} frozen={frozen} plural={members?.plural} />
    </li>
  );
}

/** The number of members leads to them; a segment that cannot be opened says why. */
function Size({ segment, plural }: { segment: WireRecord; plural: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useStanding(segment);
  if (!data || !plural) return <span className="segment-size quiet">…</span>;
  if (data.state !== 'ok')
    return (
      <span className="segment-size">
        <span className={`tag ${data.state === 'filling' ? 'teng' : 'zhu'}`}>
          {t(`segments.state.${data.state}`)}
        </span>
        <small>{data.reason}</small>
      </span>
    );
  return (
    <Link className="segment-size" to="/r/$plural" params={{ plural }} search={memberSearch(segment.id)}>
      <b>{totalText(data)}</b>
      <small>{t('segments.members')}</small>
    </Link>
  );
}

function Actions({
  entity,
  segment,
  frozen,
  plural,
}: Props & { frozen: boolean; plural: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id, version, title, can } = segment;
  const change = (kind: 'live' | 'frozen') =>
    patch(`/segments/${id}`, { kind }, version).then(() => {
      refreshSegments();
      toast(t(`segments.became.${kind}`, { name: title }), {
        kind: 'good',
        ...(kind === 'frozen' ? { action: { label: t('undo'), run: () => void undo() } } : {}),
      });
    }, toastError);
  const undo = () => patch(`/segments/${id}`, { kind: 'live' }).then(refreshSegments, toastError);
  const refresh = () =>
    post(`/segments/${id}/refresh`).then(() => {
      refreshSegments();
      toast(t('segments.refreshed', { name: title }), { kind: 'good' });
    }, toastError);
  return (
    <Pop
      role="menu"
      align="end"
      label={t('more')}
      trigger={(props) => (
        <button
          type="button"
          className="icon-button"
          {...props}
          aria-label={t('segments.menu', { name: title })}
        >
          ⋯
        </button>
      )}
    >
      {(close) => (
        <MenuItems
          close={close}
          items={[
            plural !== undefined && {
              key: 'members',
              label: t('segments.open'),
              run: () => void navigate({ to: '/r/$plural', params: { plural }, search: memberSearch(id) }),
            },
            {
              key: 'edit',
              label: t(can.update ? 'edit' : 'segments.look'),
              run: () => void navigate({ to: `/segments/${id}` as string }),
            },
            can.update &&
              frozen && { key: 'refresh', label: t('segments.refresh'), run: () => void refresh() },
            can.update &&
              (frozen
                ? { key: 'thaw', label: t('segments.thaw'), run: () => void change('live') }
                : { key: 'freeze', label: t('segments.freeze'), run: () => void change('frozen') }),
            {
              key: 'file',
              label: t('segments.file'),
              run: () => void navigate({ to: '/r/$plural/$id', params: { plural: 'segments', id } }),
            },
            can.delete && {
              key: 'delete',
              label: t('delete'),
              danger: true,
              run: () => void deleteOne(entity, segment),
            },
          ]}
        />
      )}
    </Pop>
  );
}
