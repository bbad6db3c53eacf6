import { Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post, remove } from '../api/client.ts';
import { queryClient } from '../api/query.ts';
import type { MetaEntity, SavedView, ViewDefinition } from '../api/types.ts';
import { ask } from '../shell/ask.tsx';
import { MenuItems, Pop } from '../shell/Pop.tsx';
import { toast, toastError } from '../shell/toasts.tsx';
import '../styles/form.css';
import { type ListState, useViews, viewsKey } from './useListState.ts';

const SHARING = ['none', 'department', 'everyone'] as const;

interface Props {
  entity: MetaEntity;
  state: ListState;
  definition: ViewDefinition;
}

/** Saved views as tabs; what differs from the chosen one can be kept. */
export function ViewTabs({ entity, state, definition }: Props) {
  const { t } = useTranslation();
  const { data } = useViews(entity.name);
  const [naming, setNaming] = useState<'new' | 'change' | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: viewsKey(entity.name) });
  /** After a refusal the tabs show what stands now: who still wants his own saves once more. */
  const refused = (error: unknown) => {
    void refresh();
    toastError(error);
  };
  const update = (view: SavedView, changes: object, said: string) =>
    patch(`/views/${view.id}`, changes, view.version).then(() => {
      void refresh();
      toast(said);
    }, refused);
  const drop = async (view: SavedView) => {
    const yes = await ask({
      title: t('view.deleteTitle', { name: view.name }),
      body: t(view.shared === 'none' ? 'view.deleteText' : 'view.deleteShared'),
      action: t('view.delete'),
      danger: true,
    });
    if (!yes) return;
    await remove(`/views/${view.id}`).then(() => {
      state.choose(null);
      void refresh();
    }, toastError);
  };
  const { view } = state;
  return (
    <div className="tabs">
      <div className="tab-list" role="tablist" aria-label={t('view.label')}>
        <button
          type="button"
          role="tab"
          aria-selected={!view && !state.bin}
          onClick={() => state.choose(null)}
        >
          {t('view.all', { label: entity.manyLabel })}
        </button>
        {data?.items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            aria-selected={view?.id === item.id}
            title={item.shared === 'none' ? undefined : t(`view.shared.${item.shared}`)}
            onClick={() => state.choose(item)}
          >
            {item.name}
            {item.shared !== 'none' && <span className="tab-mark">{t('view.shared')}</span>}
          </button>
        ))}
        {state.bin && (
          <button type="button" role="tab" aria-selected>
            {t('bin.title')}
          </button>
        )}
      </div>
      {view?.mine && (
        <Pop
          role="menu"
          label={t('view.menu')}
          trigger={(props) => (
            <button type="button" className="icon-button" {...props} aria-label={t('view.menu')}>
              ⋯
            </button>
          )}
        >
          {(close) => (
            <MenuItems
              close={close}
              items={[
                {
                  key: 'save',
                  label: t('view.update'),
                  run: () => void update(view, { definition }, t('view.updated', { name: view.name })),
                },
                { key: 'change', label: t('view.change'), run: () => setNaming('change') },
                null,
                { key: 'delete', label: t('view.delete'), danger: true, run: () => void drop(view) },
              ]}
            />
          )}
        </Pop>
      )}
      {!state.bin && (
        <button type="button" className="link" onClick={() => setNaming('new')}>
          {t('view.save')}
        </button>
      )}
      {naming && (
        <NameDialog
          entity={entity}
          view={naming === 'change' ? view : undefined}
          definition={definition}
          onClose={() => setNaming(null)}
          onRefused={refused}
          onSaved={async (saved) => {
            setNaming(null);
            await refresh();
            if (naming === 'new') state.choose(saved);
          }}
        />
      )}
    </div>
  );
}

function NameDialog(props: {
  entity: MetaEntity;
  view: SavedView | undefined;
  definition: ViewDefinition;
  onClose: () => void;
  onRefused: (error: unknown) => void;
  onSaved: (view: SavedView) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState(props.view?.name ?? '');
  const [shared, setShared] = useState(props.view?.shared ?? 'none');
  const save = async () => {
    try {
      const saved = props.view
        ? await patch<SavedView>(`/views/${props.view.id}`, { name, shared }, props.view.version)
        : await post<SavedView>('/views', {
            entity: props.entity.name,
            name,
            shared,
            definition: props.definition,
          });
      props.onSaved(saved);
    } catch (error) {
      props.onRefused(error);
    }
  };
  return (
    <Modal
      open
      width={400}
      title={t(props.view ? 'view.change' : 'view.saveTitle')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !name.trim() }}
      onOk={() => void save()}
      onCancel={props.onClose}
    >
      <label className="field">
        <span className="field-label">{t('view.name')}</span>
        <Input
          autoFocus
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => name.trim() && void save()}
        />
      </label>
      <div className="field">
        <span className="field-label">{t('view.who')}</span>
        <Radio.Group
          value={shared}
          onChange={(event) => setShared(event.target.value)}
          options={SHARING.map((value) => ({ value, label: t(`view.shared.${value}`) }))}
        />
      </div>
    </Modal>
  );
}
