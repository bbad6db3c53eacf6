import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post, remove } from '../../api/client.ts';
import { shortInstant } from '../../fields/format.ts';
import { ask } from '../../shell/ask.tsx';
import { FormDialog } from '../../shell/FormDialog.tsx';
import { PageSkeleton } from '../../shell/StatusPage.tsx';
import { toastError } from '../../shell/toasts.tsx';
import { refresh, type StoredFlow, useFlows, useSubjects } from '../api.ts';
import { FlowEditor } from './FlowEditor.tsx';
import '../../styles/approvals.css';

/** The company's flows; the one that is opened is built here. */
export function FlowsPage() {
  const { id } = useSearch({ strict: false }) as { id?: string };
  const { data: flows } = useFlows();
  const { data: subjects } = useSubjects();
  if (!flows || !subjects) return <PageSkeleton />;
  const open = flows.find((flow) => flow.id === id);
  const subject = subjects.find((each) => each.name === open?.subject);
  return open && subject ? (
    <FlowEditor key={open.id} flow={open} subject={subject} />
  ) : (
    <FlowList flows={flows} />
  );
}

function FlowList({ flows }: { flows: StoredFlow[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: subjects = [] } = useSubjects();
  const [adding, setAdding] = useState(false);
  const open = (id: string) =>
    void navigate({ to: '/admin/$page', params: { page: 'flows' }, search: { id } });
  const drop = async (flow: StoredFlow) => {
    const yes = await ask({
      title: t('flows.deleteTitle', { name: flow.name }),
      body: t('flows.deleteText', { count: flow.running }),
      action: t('delete'),
      danger: true,
    });
    if (yes) await remove(`/approval-flows/${flow.id}`).then(() => refresh(), toastError);
  };
  return (
    <>
      <div className="head">
        <h1 tabIndex={-1}>{t('flows.title')}</h1>
        <span className="fill" />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('flows.new')}
        </Button>
      </div>
      {flows.length === 0 ? (
        <div className="empty-page card">
          <h2>{t('flows.none')}</h2>
          <p>{t('flows.noneText')}</p>
        </div>
      ) : (
        <section className="card">
          <ul className="admin-list">
            {flows.map((flow) => (
              <li key={flow.id}>
                <button type="button" className="link strong" onClick={() => open(flow.id)}>
                  {flow.name}
                </button>
                <span className="quiet">{subjects.find((each) => each.name === flow.subject)?.label}</span>
                <span className={`tag ${flow.active ? 'song' : ''}`}>
                  {t(flow.active ? 'flows.active' : 'flows.draft')}
                </span>
                {flow.running > 0 && (
                  <span className="quiet">{t('flows.running', { count: flow.running })}</span>
                )}
                <span className="fill" />
                <span className="quiet">
                  {t('flows.version', { version: flow.version })} · {shortInstant(flow.updatedAt)}
                </span>
                <button type="button" className="link danger" onClick={() => void drop(flow)}>
                  {t('delete')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {adding && (
        <NewFlow
          onClose={() => setAdding(false)}
          onMade={(id) => {
            setAdding(false);
            open(id);
          }}
        />
      )}
    </>
  );
}

function NewFlow({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }) {
  const { t } = useTranslation();
  const { data: subjects = [] } = useSubjects();
  const [subject, setSubject] = useState(subjects[0]?.name ?? '');
  const [name, setName] = useState('');
  const label = subjects.find((each) => each.name === subject)?.label ?? '';
  const make = async () => {
    const body = { subject, name: name.trim() || label, definition: { nodes: [] } };
    const made = await post<StoredFlow>('/approval-flows', body);
    refresh();
    onMade(made.id);
  };
  return (
    <FormDialog
      width={440}
      title={t('flows.new')}
      ok={t('flows.build')}
      ready={subject !== ''}
      save={make}
      onClose={onClose}
    >
      <div className="field">
        <label className="field-label" htmlFor="flow-subject">
          {t('flows.subject')}
        </label>
        <Select
          id="flow-subject"
          value={subject || null}
          options={subjects.map((each) => ({ value: each.name, label: each.label }))}
          onChange={setSubject}
          style={{ width: '100%' }}
        />
      </div>
      <div className="field">
        <label className="field-label" htmlFor="flow-name">
          {t('flows.name')}
        </label>
        <Input
          id="flow-name"
          maxLength={100}
          placeholder={label}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
    </FormDialog>
  );
}
