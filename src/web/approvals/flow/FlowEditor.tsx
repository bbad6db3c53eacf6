import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Flow, faultsOf, SELF_RULES, type SelfRule } from '../../../platform/approvals/flow.shared.ts';
import type { SubjectInfo } from '../../../platform/approvals/sheet.shared.ts';
import { patch, reasonsOf } from '../../api/client.ts';
import { FormError } from '../../shell/FormError.tsx';
import { usePhone } from '../../shell/hooks.ts';
import { toast } from '../../shell/toasts.tsx';
import { refresh, type StoredFlow } from '../api.ts';
import { Canvas } from './Canvas.tsx';
import { findPart } from './model.ts';
import { Panel } from './Panel.tsx';
import { Trial } from './Trial.tsx';

/** Builds one flow: the way from top to bottom, the chosen node at the side, faults named while they are made. */
export function FlowEditor({ flow, subject }: { flow: StoredFlow; subject: SubjectInfo }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = usePhone();
  const [draft, setDraft] = useState<Flow>(flow.definition);
  const [name, setName] = useState(flow.name);
  const [chosen, setChosen] = useState<string | null>(null);
  const [trying, setTrying] = useState(false);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState<string | null>(null);
  const faults = faultsOf(draft, {
    variables: subject.variables.map((variable) => variable.name),
    editable: subject.editable.map((field) => field.name),
  });
  const save = async (active: boolean) => {
    setBusy(true);
    setMessage(null);
    try {
      await patch(`/approval-flows/${flow.id}`, { name, active, definition: draft }, flow.version);
      refresh();
      toast(t(active ? 'flows.inUse' : 'flows.saved'), { kind: 'good' });
    } catch (error) {
      setMessage(reasonsOf(error));
    } finally {
      setBusy(false);
    }
  };
  const part = chosen ? findPart(draft.nodes, chosen) : null;
  const panel = part && (
    <Panel
      key={part.id}
      part={part}
      flow={draft}
      subject={subject}
      faults={faults.filter((fault) => fault.node === part.id)}
      onChange={setDraft}
      onClose={() => setChosen(null)}
    />
  );
  return (
    <>
      <div className="head flow-head">
        <Button
          type="text"
          aria-label={t('flows.back')}
          onClick={() => void navigate({ to: '/admin/$page', params: { page: 'flows' }, search: {} })}
        >
          ←
        </Button>
        <h1 tabIndex={-1} className="sr">
          {name}
        </h1>
        <Input
          aria-label={t('flows.name')}
          className="flow-name"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <span className={`tag ${flow.active ? 'song' : ''}`}>
          {t(flow.active ? 'flows.active' : 'flows.draft')}
        </span>
        <span className="quiet">{subject.label}</span>
        <span className="fill" />
        <Button onClick={() => setTrying(true)}>{t('flows.try')}</Button>
        <Button loading={busy} onClick={() => void save(flow.active && faults.length === 0)}>
          {t(flow.active && faults.length > 0 ? 'flows.saveDraft' : 'save')}
        </Button>
        {!flow.active && (
          <Button type="primary" disabled={faults.length > 0} loading={busy} onClick={() => void save(true)}>
            {t('flows.use')}
          </Button>
        )}
        {flow.active && (
          <Button danger onClick={() => void save(false)}>
            {t('flows.rest')}
          </Button>
        )}
      </div>
      <FormError message={message} />
      <p className={faults.length ? 'field-warning' : 'quiet'} role="status">
        {faults.length ? t('flows.faults', { count: faults.length }) : t('flows.sound')}
        {faults[0] && ` ${t(`flows.fault.${faults[0].code}`)}`}
        {faults[0]?.node && (
          <button type="button" className="link" onClick={() => setChosen(faults[0]?.node ?? null)}>
            {t('flows.show')}
          </button>
        )}
      </p>
      <div className="flow-rule">
        <span id="flow-self">{t('flows.self')}</span>
        <Select<SelfRule>
          aria-labelledby="flow-self"
          value={draft.self ?? 'superior'}
          onChange={(self) => setDraft({ ...draft, self })}
          options={SELF_RULES.map((value) => ({ value, label: t(`flows.self.${value}`) }))}
          popupMatchSelectWidth={false}
        />
      </div>
      <div className="flow-space">
        <Canvas
          flow={draft}
          faults={faults}
          chosen={chosen}
          onChoose={setChosen}
          onChange={setDraft}
          subject={subject}
        />
        {panel && !phone && <aside className="card pad flow-panel">{panel}</aside>}
      </div>
      {phone && (
        <Drawer
          open={part !== null}
          placement="bottom"
          size="75%"
          onClose={() => setChosen(null)}
          title={null}
        >
          {panel}
        </Drawer>
      )}
      {trying && <Trial flow={draft} subject={subject} onClose={() => setTrying(false)} />}
    </>
  );
}
