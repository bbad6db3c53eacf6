import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { saveEdit } from '../../../web/api/save.ts';
import type { MetaEntity, MetaField, WireRecord } from '../../../web/api/types.ts';
import { FieldEditor } from '../../../web/fields/FieldEditor.tsx';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { refreshRelations, removeWithUndo } from './api.ts';
import type { PersonNode, RelationEdge } from './elements.ts';

const FIELDS: Record<string, readonly string[]> = {
  contact: ['decisionRole', 'level', 'influence', 'attitude', 'reportsTo'],
  tie: ['kind', 'direction', 'strength', 'note'],
  acquaintance: ['strength', 'how', 'note'],
};
const OF_EDGE = { reports: 'contact', tie: 'tie', known: 'acquaintance' } as const;

/** What was clicked on the drawing, to be changed or taken away. */
export function Selected({ chosen, onClose }: { chosen: PersonNode | RelationEdge; onClose(): void }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const name = 'source' in chosen ? OF_EDGE[chosen.data?.kind ?? 'tie'] : 'contact';
  const [record, setRecord] = useState<WireRecord | null>(chosen.data?.record ?? null);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  const entity = meta.entity(name);
  if (!entity || !record) return null;
  const reports = 'source' in chosen && chosen.data?.kind === 'reports';
  const fields = reports ? ['reportsTo'] : (FIELDS[name] ?? []);
  const save = async (field: MetaField, value: unknown) => {
    const saved = await saveEdit(entity, record, { [field.name]: value });
    if (!saved) return;
    setRecord(saved);
    refreshEntity(entity.plural);
    refreshRelations();
  };
  return (
    <aside ref={panel} className="network-selected card" aria-label={record.title || entity.label}>
      <header>
        <h2>
          <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: record.id }}>
            {name === 'contact' ? record.title : entity.label}
          </Link>
        </h2>
        <span className="fill" />
        <button type="button" className="icon-button" aria-label={t('close')} onClick={onClose}>
          ×
        </button>
      </header>
      <dl>
        {fields
          .flatMap((each) => fieldOf(entity, each) ?? [])
          .map((field) => (
            <div className="fact" key={field.name}>
              <dt>{field.label}</dt>
              <dd>
                <Editable entity={entity} record={record} field={field} onSave={save} />
              </dd>
            </div>
          ))}
      </dl>
      {name !== 'contact' && record.can.delete && (
        <button
          type="button"
          className="link zhu"
          onClick={() => {
            onClose();
            void removeWithUndo(entity, record, t('network.removed'));
          }}
        >
          {t('network.remove')}
        </button>
      )}
    </aside>
  );
}

interface EditableProps {
  entity: MetaEntity;
  record: WireRecord;
  field: MetaField;
  onSave(field: MetaField, value: unknown): Promise<void>;
}

function Editable({ record, field, onSave }: EditableProps) {
  const [value, setValue] = useState(record[field.name]);
  if (!record.can.update || field.access !== 'write')
    return <FieldValue field={field} value={record[field.name]} />;
  const typed = field.kind === 'text' || field.kind === 'integer';
  const refers = field.kind === 'reference';
  return (
    <FieldEditor
      field={field}
      label={field.label}
      value={value}
      inline
      noCreate
      onChange={(next) => {
        setValue(next);
        if (!typed) void onSave(field, refers && Array.isArray(next) ? (next[0] ?? null) : next);
      }}
      onBlur={() => typed && value !== record[field.name] && void onSave(field, value)}
    />
  );
}
