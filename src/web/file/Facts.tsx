import { EditOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSystem, shownFields } from '../api/meta.tsx';
import type { MetaEntity, MetaField, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { isEmpty, moneyText } from '../fields/format.ts';
import { groupLabel } from '../fields/groups.ts';
import { leadsRegion, regionGroup } from '../fields/places.ts';
import { CellEditor } from '../list/CellEditor.tsx';
import { editableInCell } from '../list/GridRow.tsx';

/** The facts of a record by group; each can be changed where it stands. */
export function Facts({ entity, record }: { entity: MetaEntity; record: WireRecord }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const fields = shownFields(entity).filter(
    (field) =>
      !isSystem(field) &&
      (field.kind !== 'region' || leadsRegion(entity, field)) &&
      !(field.insteadOf && !isEmpty(record[field.insteadOf])),
  );
  // A box left unticked says as little as an empty field.
  const filled = (field: MetaField) =>
    (field.kind === 'region' ? regionGroup(entity, field) : [field]).some(
      (part) => !isEmpty(record[part.name]) && record[part.name] !== false,
    );
  const shown = all ? fields : fields.filter(filled);
  const groups = [...Map.groupBy(shown, (field) => field.group ?? '')];
  const system = shownFields(entity).filter((field) => isSystem(field) && !isEmpty(record[field.name]));
  return (
    <section className="card">
      <header>
        <h2>{t('file.facts')}</h2>
        <span className="fill" />
        {(all || shown.length < fields.length) && (
          <button type="button" className="link" aria-pressed={all} onClick={() => setAll(!all)}>
            {t(all ? 'file.filledOnly' : 'file.allFields', { count: fields.length - shown.length })}
          </button>
        )}
      </header>
      <div className="card-body facts">
        {groups.map(([group, members]) => (
          <div className="fact-part" key={group}>
            {group && groups.length > 1 && <div className="fact-group">{groupLabel(group)}</div>}
            <dl>
              {members.map((field) => (
                <Fact
                  key={field.name}
                  entity={entity}
                  record={record}
                  field={field}
                  editing={editing === field.name}
                  onEdit={(on) => setEditing(on ? field.name : null)}
                />
              ))}
            </dl>
          </div>
        ))}
        {shown.length === 0 && <p className="quiet">{t('file.noFacts')}</p>}
        <dl className="system">
          {system.map((field) => (
            <div className="fact" key={field.name}>
              <dt>{field.label}</dt>
              <dd>
                <FieldValue field={field} value={record[field.name]} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}

interface FactProps {
  entity: MetaEntity;
  record: WireRecord;
  field: MetaField;
  editing: boolean;
  onEdit: (on: boolean) => void;
}

function Fact({ entity, record, field, editing, onEdit }: FactProps) {
  const { t } = useTranslation();
  const region = field.kind === 'region' ? regionGroup(entity, field) : null;
  const label = region && region.length > 1 ? t('region.label') : field.label;
  const editable = editableInCell(field, record);
  const own = record.inOwn?.[field.name];
  return (
    <div className={`fact ${editing ? 'editing' : ''}`}>
      <dt>{label}</dt>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the pencil beside does the same by keyboard */}
      <dd
        onDoubleClick={() => editable && onEdit(true)}
        onClick={(event) => {
          if (editable && isEmpty(record[field.name]) && event.target === event.currentTarget) onEdit(true);
        }}
      >
        {editing ? (
          <CellEditor entity={entity} record={record} field={field} onClose={() => onEdit(false)} />
        ) : (
          <>
            {region ? (
              <span>
                {[...new Set(region.map((part) => record[part.name]).filter(Boolean))].join(' ') || '—'}
              </span>
            ) : (
              <FieldValue field={field} value={record[field.name]} />
            )}
            {own && (
              <small className="quiet in-own">
                {t('file.inOwn', { amount: moneyText(own), rate: own.rate, day: own.day })}
              </small>
            )}
            {editable && (
              <button
                type="button"
                className="icon-button pencil"
                aria-label={t('file.editField', { label })}
                onClick={() => onEdit(true)}
              >
                <EditOutlined />
              </button>
            )}
          </>
        )}
      </dd>
    </div>
  );
}
