import { AudioOutlined, CameraOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../web/api/client.ts';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import { createRecord, refreshEntity, useShortList } from '../../../web/api/records.ts';
import type { Link as Reference } from '../../../web/api/types.ts';
import { upload } from '../../../web/file/attached.ts';
import { dropDraft, readDraft, writeDraft } from '../../../web/form/draft.ts';
import { errorsByField } from '../../../web/form/model.ts';
import { keepEnter } from '../../../web/shell/hooks.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { useRecorder } from './useRecorder.ts';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

interface Draft {
  kind: string;
  content: string;
  contacts: string[];
  occurredAt: string | null;
  nextDate: string | null;
  nextStep: string;
}

const EMPTY: Draft = {
  kind: 'call',
  content: '',
  contacts: [],
  occurredAt: null,
  nextDate: null,
  nextStep: '',
};

/** One form for every contact: way, people, text, photos, voice, files, and the next date. */
export function FollowUpForm({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const activity = meta.entity('activity');
  const form = `${meta.me.id}.follow.${record.id}`;
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY, ...readDraft(form) }));
  const [files, setFiles] = useState<{ name: string; blob: Blob }[]>([]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(draft.content !== '');
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const voice = useRef<HTMLInputElement>(null);
  const recorder = useRecorder((blob, name) => setFiles((held) => [...held, { blob, name }]));
  const customer =
    entity.name === 'customer'
      ? { id: record.id, title: record.title }
      : (record.customer as Reference | null | undefined);
  const people = useShortList(
    customer ? meta.entity('contact')?.plural : undefined,
    { filter: { field: 'customer', op: 'eq', value: customer?.id } },
    100,
  );
  if (!activity || !may(activity, 'create')) return null;
  const kinds = fieldOf(activity, 'kind')?.options ?? [];
  const put = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    setErrors({});
    writeDraft(form, { ...next });
  };
  const add = (list: FileList | null) => {
    // Taken at once: the list empties with the control it came from.
    const added = [...(list ?? [])].map((file) => ({ name: file.name, blob: file }));
    setFiles((held) => [...held, ...added]);
  };
  const ready = (draft.content.trim() !== '' || files.length > 0) && !recorder.active;

  const save = async () => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      const contacts =
        entity.name === 'contact' ? [...new Set([record.id, ...draft.contacts])] : draft.contacts;
      const { nextDate, nextStep, occurredAt } = draft;
      const saved = await createRecord(activity.plural, {
        kind: draft.kind,
        content: draft.content.trim() || files.map((file) => file.name).join(', '),
        ...(customer ? { customer: customer.id } : {}),
        ...(contacts.length > 0 ? { contacts } : {}),
        ...(occurredAt ? { occurredAt } : {}),
        ...(nextDate ? { nextDate } : {}),
        ...(nextStep.trim() ? { nextStep: nextStep.trim() } : {}),
      });
      const failed = await sendFiles(saved.id);
      setFiles(failed);
      dropDraft(form);
      setDraft({ ...EMPTY, kind: draft.kind });
      setOpen(failed.length > 0);
      for (const plural of ['activities', 'tasks']) refreshEntity(plural);
      toast(t(nextDate ? 'follow.savedNext' : 'follow.saved', { date: nextDate }), { kind: 'good' });
    } catch (error) {
      if (error instanceof ApiError) setErrors(errorsByField(activity, error.problem).fields);
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  const sendFiles = async (id: string) => {
    const failed: typeof files = [];
    for (const file of files) {
      const on = { activity: id, ...(customer ? { customer: customer.id } : {}) };
      await upload(file.blob, file.name, on).catch((error) => {
        failed.push(file);
        toastError(error);
      });
    }
    return failed;
  };

  return (
    <form
      className="follow-up"
      aria-label={t('follow.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onFocus={() => setOpen(true)}
      onKeyDown={(event) => {
        keepEnter(event);
        if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <div className="follow-kinds" role="radiogroup" aria-label={t('follow.kind')}>
        {kinds.map((kind) => (
          <label key={kind.value}>
            <input
              type="radio"
              name={`kind-${record.id}`}
              checked={draft.kind === kind.value}
              onChange={() => put({ kind: kind.value })}
            />
            <span>{kind.label}</span>
          </label>
        ))}
      </div>
      <Input.TextArea
        aria-label={t('follow.content')}
        placeholder={t('follow.placeholder')}
        autoSize={{ minRows: open ? 3 : 1, maxRows: 12 }}
        maxLength={20_000}
        value={draft.content}
        onChange={(event) => put({ content: event.target.value })}
      />
      {errors.content && <p className="field-error">{errors.content}</p>}
      {open && (
        <>
          <div className="follow-more">
            <label>
              <span>{t('follow.people')}</span>
              <Select
                mode="multiple"
                aria-label={t('follow.people')}
                optionFilterProp="label"
                value={draft.contacts}
                options={
                  people.data?.items.map((person) => ({ value: person.id, label: person.title })) ?? []
                }
                onChange={(contacts) => put({ contacts })}
                placeholder={t('follow.peopleHint')}
                style={{ width: '100%' }}
              />
            </label>
            <Suspense fallback={null}>
              <label>
                <span>{t('follow.when')}</span>
                <DateInput
                  label={t('follow.when')}
                  withTime
                  value={draft.occurredAt}
                  onChange={(occurredAt) => put({ occurredAt })}
                />
              </label>
              <label>
                <span>{t('follow.next')}</span>
                <DateInput
                  label={t('follow.next')}
                  withTime={false}
                  value={draft.nextDate}
                  invalid={!!errors.nextDate}
                  onChange={(nextDate) => put({ nextDate })}
                />
              </label>
            </Suspense>
            <label>
              <span>{t('follow.nextStep')}</span>
              <Input
                aria-label={t('follow.nextStep')}
                value={draft.nextStep}
                maxLength={200}
                placeholder={t('follow.nextStepHint')}
                onChange={(event) => put({ nextStep: event.target.value })}
              />
            </label>
          </div>
          {files.length > 0 && (
            <div className="follow-files">
              {files.map((file, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
                <span className="tag dai" key={index}>
                  {file.name}
                  <button
                    type="button"
                    className="chip-close icon-button"
                    aria-label={t('files.remove', { name: file.name })}
                    onClick={() => setFiles(files.filter((_, at) => at !== index))}
                  >
                    ×
                  </button>
                </span>
              ))}
            </div>
          )}
          <div className="follow-bar">
            <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
              {t('follow.photo')}
            </Button>
            <Button
              icon={<AudioOutlined />}
              className={recorder.active ? 'recording' : ''}
              onClick={() => (recorder.possible ? void recorder.toggle() : voice.current?.click())}
            >
              {recorder.active ? t('follow.stop', { seconds: recorder.seconds }) : t('follow.voice')}
            </Button>
            <Button icon={<PaperClipOutlined />} onClick={() => chooser.current?.click()}>
              {t('follow.file')}
            </Button>
            <span className="fill" />
            <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
              {t('follow.save')}
            </Button>
          </div>
        </>
      )}
      <Chooser inner={camera} accept="image/*" capture label={t('follow.photo')} onFiles={add} />
      <Chooser inner={voice} accept="audio/*" label={t('follow.voice')} onFiles={add} />
      <Chooser inner={chooser} label={t('follow.file')} onFiles={add} />
    </form>
  );
}

function Chooser(props: {
  inner: React.RefObject<HTMLInputElement | null>;
  accept?: string;
  capture?: boolean;
  label: string;
  onFiles: (files: FileList | null) => void;
}) {
  return (
    <input
      ref={props.inner}
      type="file"
      hidden
      multiple
      aria-label={props.label}
      {...(props.accept ? { accept: props.accept } : {})}
      {...(props.capture ? { capture: 'environment' as const } : {})}
      onChange={(event) => {
        props.onFiles(event.target.files);
        event.target.value = '';
      }}
    />
  );
}
