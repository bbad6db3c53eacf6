import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import { useRecord } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { keepEnter, useKeys } from '../shell/hooks.ts';
import { FailedPage, PageSkeleton, StatusPage } from '../shell/StatusPage.tsx';
import '../styles/form.css';
import { PartForms } from '../lines/PartForms.tsx';
import { FormError } from '../shell/FormError.tsx';
import { Fields } from './Fields.tsx';
import { FormBeneath } from './FormBeneath.tsx';
import { groupsOf } from './model.ts';
import { useRecordForm } from './useRecordForm.ts';

export function NewPage() {
  const { plural } = useParams({ from: '/r/$plural/new' });
  const entity = useMeta().byPlural(plural);
  if (!entity) return <NoSuchPage />;
  return <RecordFormPage entity={entity} />;
}

export function EditPage() {
  const { plural, id } = useParams({ from: '/r/$plural/$id/edit' });
  const entity = useMeta().byPlural(plural);
  const { data, error, refetch } = useRecord(plural, id);
  if (!entity) return <NoSuchPage />;
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <RecordFormPage key={id} entity={entity} record={data} />;
}

function NoSuchPage() {
  const { t } = useTranslation();
  return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
}

/** The whole form of a record, one column, with a bar to save that stays in sight. */
function RecordFormPage({ entity, record }: { entity: MetaEntity; record?: WireRecord }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = (id: string) => void navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id } });
  const form = useRecordForm({ entity, ...(record ? { record } : {}), onSaved: (saved) => open(saved.id) });
  const save = () => void form.save();
  useKeys({ 'mod+s': save, 'mod+enter': save });
  const back = () =>
    record ? open(record.id) : void navigate({ to: '/r/$plural', params: { plural: entity.plural } });
  return (
    <div className={`page ${entity.parts ? 'wide' : 'slim'}`}>
      <div className="head">
        <h1 tabIndex={-1}>
          {record ? t('form.edit', { title: record.title }) : t('newOf', { label: entity.label })}
        </h1>
      </div>
      {form.restored && (
        <p className="draft-note">
          {t('form.draft')}{' '}
          <button type="button" className="link" onClick={form.discard}>
            {t('form.discard')}
          </button>
        </p>
      )}
      <FormError message={form.message} />
      <form
        className="record-form card pad"
        onKeyDown={keepEnter}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Fields
          entity={entity}
          groups={groupsOf(entity, !record, false)}
          values={form.values}
          errors={form.errors}
          onChange={form.change}
          focusFirst={!record}
        />
        <PartForms entity={entity} values={form.values} errors={form.errors} onChange={form.change} />
        {!record && <FormBeneath entity={entity} values={form.values} />}
        <div className="form-bar">
          <Button type="primary" htmlType="submit" loading={form.busy} title="Ctrl S">
            {t('save')}
          </Button>
          <Button onClick={back}>{t('cancel')}</Button>
        </div>
      </form>
    </div>
  );
}
