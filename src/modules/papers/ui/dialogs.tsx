import { Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, put, request } from '../../../web/api/client.ts';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { TemplateRow } from '../store.ts';
import { refreshTemplates } from './api.ts';

/** Each thing wrong with the file on a line of its own: people mend them one by one in Word. */
function linesOf(error: unknown): string {
  const errors = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  return [...new Set(errors.map(({ message }) => message))].join('\n') || messageOf(error);
}

const Wrong = ({ message }: { message: string | null }) =>
  message && (
    <ul className="form-error paper-wrong" role="alert">
      {message.split('\n').map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );

function FileField({ onFile }: { onFile(file: File | null): void }) {
  const { t } = useTranslation();
  return (
    <label className="paper-field">
      <span>{t('papers.file')}</span>
      <input type="file" accept=".docx" onChange={({ target }) => onFile(target.files?.[0] ?? null)} />
    </label>
  );
}

function DayField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useTranslation();
  return (
    <label className="paper-field">
      <span>{t('papers.validFrom')}</span>
      <Input type="date" value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}

function form(file: File, fields: Record<string, string | undefined>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) body.append(name, value);
  body.append('file', file);
  return body;
}

interface Props {
  kind: string;
  /** The one to change; null for a new one. */
  template: TemplateRow | null;
  onClose(): void;
}

/** A template and for whom it is; a new one comes with its file. */
export function TemplateDialog({ kind, template, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(template?.name ?? '');
  const [entity, setEntity] = useState<Link[]>(template?.legalEntity ? [template.legalEntity] : []);
  const [department, setDepartment] = useState<Link[]>(template?.department ? [template.department] : []);
  const [usual, setUsual] = useState(template?.usual ?? false);
  const [day, setDay] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const { busy, message, run } = useSaving(linesOf);
  const ready = name.trim() !== '' && (template !== null || file !== null);
  const save = () =>
    void run(async () => {
      if (template)
        await put(`/paper-templates/${template.id}`, {
          name,
          legalEntity: entity[0]?.id ?? null,
          department: department[0]?.id ?? null,
          usual,
          retired: template.retired,
        });
      else if (file)
        await request('POST', '/paper-templates', {
          body: form(file, {
            kind,
            name,
            legalEntity: entity[0]?.id,
            department: department[0]?.id,
            usual: String(usual),
            validFrom: day,
          }),
        });
      await refreshTemplates();
      toast(t('papers.saved'), { kind: 'good' });
      onClose();
    });
  return (
    <Modal
      open
      title={t(template ? 'papers.change' : 'papers.upload')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !ready, loading: busy, title: ready ? '' : t('papers.needFile') }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="paper-form">
        <Wrong message={message} />
        {!template && <FileField onFile={setFile} />}
        <label className="paper-field">
          <span>{t('papers.name')}</span>
          <Input value={name} maxLength={100} onChange={({ target }) => setName(target.value)} />
        </label>
        <div className="paper-field">
          <span>{t('papers.legalEntity')}</span>
          <ReferencePicker
            to="legalEntity"
            noCreate
            label={t('papers.legalEntity')}
            value={entity}
            onChange={setEntity}
          />
        </div>
        <div className="paper-field">
          <span>{t('papers.department')}</span>
          <ReferencePicker
            to="department"
            noCreate
            label={t('papers.department')}
            value={department}
            onChange={setDepartment}
          />
        </div>
        {!template && <DayField value={day} onChange={setDay} />}
        <Checkbox checked={usual} onChange={({ target }) => setUsual(target.checked)}>
          {t('papers.usual')}
        </Checkbox>
      </div>
    </Modal>
  );
}

/** A new version of a template, from a day on. */
export function VersionDialog({ template, onClose }: { template: TemplateRow; onClose(): void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const [day, setDay] = useState('');
  const [note, setNote] = useState('');
  const { busy, message, run } = useSaving(linesOf);
  const save = () =>
    void run(async () => {
      if (!file) return;
      const body = form(file, { validFrom: day, note });
      await request('POST', `/paper-templates/${template.id}/versions`, { body });
      await refreshTemplates();
      toast(t('papers.saved'), { kind: 'good' });
      onClose();
    });
  return (
    <Modal
      open
      title={`${t('papers.version')} · ${template.name}`}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !file, loading: busy }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="paper-form">
        <Wrong message={message} />
        <FileField onFile={setFile} />
        <DayField value={day} onChange={setDay} />
        <label className="paper-field">
          <span>{t('papers.note')}</span>
          <Input value={note} maxLength={300} onChange={({ target }) => setNote(target.value)} />
        </label>
      </div>
    </Modal>
  );
}
