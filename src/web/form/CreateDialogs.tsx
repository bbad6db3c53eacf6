import { Modal } from 'antd';
import { Suspense, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { PartForms } from '../lines/PartForms.tsx';
import { keepEnter } from '../shell/hooks.ts';
import { slotsOf } from '../slots.ts';
import '../styles/form.css';
import { FormError } from '../shell/FormError.tsx';
import { submits } from '../shell/useSaving.ts';
import { createStore } from './create.ts';
import { Fields } from './Fields.tsx';
import { FormBeneath } from './FormBeneath.tsx';
import { groupsOf } from './model.ts';
import { useRecordForm } from './useRecordForm.ts';

/** All open creation forms, the latest on top. */
export function CreateDialogs() {
  const wishes = useSyncExternalStore(createStore.subscribe, createStore.read);
  return wishes.map((wish, index) => {
    const key = `${wish.entity.name}-${index}`;
    const own = slotsOf(wish.entity.name, 'form.create')[0];
    if (!own) return <CreateDialog key={key} wish={wish} />;
    return (
      <Suspense key={key} fallback={null}>
        <own.component {...wish} />
      </Suspense>
    );
  });
}

function CreateDialog({ wish }: { wish: ReturnType<typeof createStore.read>[number] }) {
  const { t } = useTranslation();
  const { entity, values: given, done } = wish;
  const [full, setFull] = useState(false);
  const form = useRecordForm({ entity, given, onSaved: done });
  const quick = groupsOf(entity, true, true);
  const whole = groupsOf(entity, true, false);
  const count = (groups: typeof whole) => groups.reduce((sum, group) => sum + group.fields.length, 0);
  const short = count(quick) < count(whole);
  return (
    <Modal
      open
      width={entity.parts ? 1160 : 600}
      title={t('newOf', { label: entity.label })}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={form.busy}
      onOk={() => void form.save()}
      onCancel={() => done(null)}
      mask={{ closable: !form.dirty }}
    >
      <form
        className="record-form"
        onSubmit={submits(form.save)}
        onKeyDown={(event) => {
          keepEnter(event);
          if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
            event.preventDefault();
            void form.save();
          }
        }}
      >
        {form.restored && (
          <p className="draft-note">
            {t('form.draft')}{' '}
            <button type="button" className="link" onClick={form.discard}>
              {t('form.discard')}
            </button>
          </p>
        )}
        <FormError message={form.message} />
        <Fields
          entity={entity}
          groups={full || !short ? whole : quick}
          values={form.values}
          errors={form.errors}
          onChange={form.change}
          focusFirst
        />
        <PartForms entity={entity} values={form.values} errors={form.errors} onChange={form.change} />
        <FormBeneath entity={entity} values={form.values} />
        {short && !full && (
          <button type="button" className="link" onClick={() => setFull(true)}>
            {t('form.all')}
          </button>
        )}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Modal>
  );
}
