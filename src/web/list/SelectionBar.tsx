import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { remove } from '../api/client.ts';
import { fieldOf, may, useMeta } from '../api/meta.tsx';
import { refreshEntity, type Target } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { mergeAddress } from '../duplicates/api.ts';
import { ask } from '../shell/ask.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import { slotsOf } from '../slots.ts';
import { runMass } from './mass.ts';

const dialogs = {
  update: lazy(() => import('./MassUpdateDialog.tsx').then((m) => ({ default: m.MassUpdateDialog }))),
  transfer: lazy(() => import('./TransferDialog.tsx').then((m) => ({ default: m.TransferDialog }))),
  tag: lazy(() => import('./TagDialog.tsx').then((m) => ({ default: m.TagDialog }))),
};

interface Props {
  entity: MetaEntity;
  target: Target;
  count: number;
  total: string;
  /** All loaded rows are selected, and there are more. */
  canTakeAll: boolean;
  onTakeAll: () => void;
  onExport: () => void;
  onDone: () => void;
  bin: boolean;
}

/** What can be done with the selected records. */
export function SelectionBar(props: Props) {
  const { t } = useTranslation();
  const { entity, target, count, onDone, bin } = props;
  const [open, setOpen] = useState<keyof typeof dialogs | null>(null);
  const Dialog = open && dialogs[open];
  const navigate = useNavigate();
  const merges = entity.mergeable && may(entity, 'update') && may(entity, 'delete');
  const mergeable = merges && 'ids' in target && target.ids.length <= 10 ? target.ids : [];
  const drop = async () => {
    const yes = await ask({
      title: t('mass.deleteTitle', { count, label: entity.manyLabel }),
      body: t('mass.deleteText'),
      action: t('mass.deleteGo', { count }),
      danger: true,
    });
    if (yes && (await runMass(entity, 'delete', target))) onDone();
  };
  return (
    <div className="selection-bar" role="toolbar" aria-label={t('list.selected', { count })}>
      <b>{t('list.selected', { count })}</b>
      {props.canTakeAll && (
        <button type="button" className="link" onClick={props.onTakeAll}>
          {t('list.takeAll', { total: props.total })}
        </button>
      )}
      <span className="fill" />
      {bin ? (
        <BinActions {...props} />
      ) : (
        <>
          <Suspense fallback={null}>
            {slotsOf(entity.name, 'list.selection').map(({ component: Part, key }) => (
              <Part key={key} entity={entity} target={target} count={count} onDone={onDone} />
            ))}
          </Suspense>
          {may(entity, 'transfer') && (
            <button type="button" className="button" onClick={() => setOpen('transfer')}>
              {t('mass.transfer')}
            </button>
          )}
          {may(entity, 'update') && fieldOf(entity, 'tags') && (
            <button type="button" className="button" onClick={() => setOpen('tag')}>
              {t('mass.tag')}
            </button>
          )}
          {may(entity, 'update') && (
            <button type="button" className="button" onClick={() => setOpen('update')}>
              {t('mass.update')}
            </button>
          )}
          {mergeable.length > 1 && (
            <button
              type="button"
              className="button"
              onClick={() => void navigate({ to: mergeAddress(entity.plural, mergeable) as string })}
            >
              {t('merge.action')}
            </button>
          )}
          {may(entity, 'export') && (
            <button type="button" className="button" onClick={props.onExport}>
              {t('export.title')}
            </button>
          )}
          {may(entity, 'delete') && (
            <button type="button" className="button danger" onClick={() => void drop()}>
              {t('delete')}
            </button>
          )}
        </>
      )}
      <button type="button" className="link" onClick={onDone}>
        {t('list.unselect')}
      </button>
      {Dialog && (
        <Suspense fallback={null}>
          <Dialog
            entity={entity}
            target={target}
            count={count}
            onClose={(done) => {
              setOpen(null);
              if (done) onDone();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function BinActions({ entity, target, count, onDone }: Props) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const ids = 'ids' in target ? target.ids : [];
  const each = async (act: (id: string) => Promise<unknown>, said: string) => {
    let done = 0;
    for (const id of ids) {
      try {
        await act(id);
        done += 1;
      } catch (error) {
        toastError(error);
        break;
      }
    }
    refreshEntity(entity.plural);
    if (done > 0) toast(t(said, { count: done }));
    onDone();
  };
  const forever = async () => {
    const yes = await ask({
      title: t('bin.foreverTitle', { count, label: entity.manyLabel }),
      body: t('bin.foreverText'),
      action: t('bin.foreverGo', { count }),
      danger: true,
    });
    if (yes) await each((id) => remove(`/${entity.plural}/${id}`, { forever: 'true' }), 'bin.gone');
  };
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => void runMass(entity, 'restore', target).then((done) => done && onDone())}
      >
        {t('bin.restore')}
      </button>
      {me.administrator && (
        <button
          type="button"
          className="button danger"
          disabled={ids.length === 0}
          onClick={() => void forever()}
        >
          {t('bin.forever')}
        </button>
      )}
    </>
  );
}
