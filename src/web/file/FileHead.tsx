import { EditOutlined, LeftOutlined, PhoneOutlined, RightOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../api/meta.tsx';
import type { MetaEntity, Link as Reference, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { isEmpty, phoneText } from '../fields/format.ts';
import { deleteOne } from '../list/mass.ts';
import type { neighboursOf } from '../list/neighbours.ts';
import { ask } from '../shell/ask.tsx';
import { MenuItems, Pop } from '../shell/Pop.tsx';
import { slotsOf, useActions } from '../slots.ts';

const ShareDialog = lazy(() => import('./ShareDialog.tsx').then((m) => ({ default: m.ShareDialog })));
const TransferDialog = lazy(() =>
  import('../list/TransferDialog.tsx').then((m) => ({ default: m.TransferDialog })),
);

interface Props {
  entity: MetaEntity;
  record: WireRecord;
  near: ReturnType<typeof neighboursOf>;
}

/** Who this is, at a glance, and what can be done with the whole record. */
export function FileHead({ entity, record, near }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<string | null>(null);
  const actions = useActions(entity, record);
  const Action = actions.find((slot) => slot.title === dialog)?.component;
  const { can } = record;
  const drop = async () => {
    const yes = await ask({
      title: t('file.deleteTitle', { title: record.title }),
      body: t('mass.deleteText'),
      action: t('delete'),
      danger: true,
    });
    if (yes && (await deleteOne(entity, record)))
      void navigate({ to: '/r/$plural', params: { plural: entity.plural } });
  };
  const number = record.number as string | undefined;
  const phone = callable(entity, record);
  return (
    <header className="file-head">
      <div className="head">
        <Link className="quiet crumb" to="/r/$plural" params={{ plural: entity.plural }}>
          {entity.label}
        </Link>
        <h1 tabIndex={-1}>{record.title || '—'}</h1>
        <Marks entity={entity} record={record} />
        <Suspense fallback={null}>
          {slotsOf(entity.name, 'file.head').map(({ component: Part, key }) => (
            <Part key={key} entity={entity} record={record} />
          ))}
        </Suspense>
        {number && <span className="quiet">{number}</span>}
        <span className="fill" />
        {near.of !== undefined && <Near entity={entity} near={near} />}
        {phone && (
          <a className="button" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
            <PhoneOutlined /> {t('file.call')}
          </a>
        )}
        {can.update && (
          <Link className="button" to="/r/$plural/$id/edit" params={{ plural: entity.plural, id: record.id }}>
            <EditOutlined /> {t('edit')}
          </Link>
        )}
        {(can.transfer || can.share || can.delete || actions.length > 0) && (
          <Pop
            role="menu"
            align="end"
            label={t('more')}
            trigger={(props) => (
              <button type="button" className="button" {...props}>
                {t('more')}
              </button>
            )}
          >
            {(close) => (
              <MenuItems
                close={close}
                items={[
                  can.transfer && {
                    key: 'transfer',
                    label: t('mass.transfer'),
                    run: () => setDialog('transfer'),
                  },
                  can.share && { key: 'share', label: t('share.title'), run: () => setDialog('share') },
                  ...actions.map(({ title = '' }) => ({
                    key: title,
                    label: t(title),
                    run: () => setDialog(title),
                  })),
                  can.delete && { key: 'delete', label: t('delete'), danger: true, run: () => void drop() },
                ]}
              />
            )}
          </Pop>
        )}
      </div>
      <Under entity={entity} record={record} />
      <Suspense fallback={null}>
        {Action && <Action entity={entity} record={record} onClose={() => setDialog(null)} />}
        {dialog === 'share' && (
          <ShareDialog entity={entity} record={record} onClose={() => setDialog(null)} />
        )}
        {dialog === 'transfer' && (
          <TransferDialog
            entity={entity}
            target={{ ids: [record.id] }}
            count={1}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </header>
  );
}

/** Coloured choices and tags stand beside the name. */
function Marks({ entity, record }: { entity: MetaEntity; record: WireRecord }) {
  const colours = entity.fields.filter(
    (field) =>
      field.kind === 'choice' &&
      // What the house derives is shown by whoever derives it, with its reasons.
      !field.fact &&
      field.options?.some((option) => option.color) &&
      !isEmpty(record[field.name]),
  );
  const tags = fieldOf(entity, 'tags');
  return (
    <>
      {colours.map((field) => (
        <FieldValue key={field.name} field={field} value={record[field.name]} />
      ))}
      {tags && !isEmpty(record.tags) && <FieldValue field={tags} value={record.tags} />}
    </>
  );
}

function Under({ entity, record }: { entity: MetaEntity; record: WireRecord }) {
  const { t } = useTranslation();
  const owner = record.owner as Reference | null | undefined;
  const department = record.department as Reference | null | undefined;
  const place = entity.fields
    .filter((field) => field.kind === 'region' && !isEmpty(record[field.name]))
    .map((field) => String(record[field.name]));
  const parts = [
    owner?.title && `${fieldOf(entity, 'owner')?.label ?? t('owner')} ${owner.title}`,
    department?.title,
    [...new Set(place)].join(' '),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return <p className="quiet file-under">{parts.join(' · ')}</p>;
}

function Near({ entity, near }: Pick<Props, 'entity' | 'near'>) {
  const { t } = useTranslation();
  const link = (id: string | undefined, label: string, icon: React.ReactNode) =>
    id ? (
      <Link
        className="icon-button"
        to="/r/$plural/$id"
        params={{ plural: entity.plural, id }}
        aria-label={label}
        title={label}
      >
        {icon}
      </Link>
    ) : (
      <span className="icon-button" aria-hidden>
        <span style={{ opacity: 0.35 }}>{icon}</span>
      </span>
    );
  return (
    <span className="near quiet">
      {link(near.previous, t('file.previous'), <LeftOutlined />)}
      {near.at} / {near.of}
      {link(near.next, t('file.next'), <RightOutlined />)}
    </span>
  );
}

function callable(entity: MetaEntity, record: WireRecord): string | null {
  for (const field of entity.fields) {
    if ((field.kind !== 'phone' && field.kind !== 'phones') || isEmpty(record[field.name])) continue;
    const value = record[field.name];
    const text = phoneText(Array.isArray(value) ? value[0] : value);
    if (text && !text.includes('*')) return text;
  }
  return null;
}
