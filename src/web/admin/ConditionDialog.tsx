import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, patch, post } from '../api/client.ts';
import { useMeta } from '../api/meta.tsx';
import { refreshEntity, wireOf } from '../api/records.ts';
import type { Filter, MetaEntity, WireRecord } from '../api/types.ts';
import { Fields } from '../form/Fields.tsx';
import { errorsByField, groupsOf, initialValues, type Values, valuesOf } from '../form/model.ts';
import { ConditionGroup } from '../list/ConditionGroup.tsx';
import { group, isGroup, tidy } from '../list/filterModel.ts';
import { FormError } from '../shell/FormError.tsx';
import { submits, useSaving } from '../shell/useSaving.ts';
import '../styles/list.css';
import '../styles/form.css';

interface Props {
  entity: MetaEntity;
  record?: WireRecord;
  /** The record type its `condition` chooses from. */
  of: string;
  title: string;
  hint: string;
  onClose: () => void;
}

/** A record of the settings with the condition by which it chooses other records: a pool, a rule. */
export function ConditionDialog({ entity, record, of, title, hint, onClose }: Props) {
  const { t } = useTranslation();
  const chosen = useMeta().entity(of);
  const [values, setValues] = useState<Values>(() =>
    record ? valuesOf(entity, record) : initialValues(entity),
  );
  const [condition, setCondition] = useState<Filter>(() => asGroup(record?.condition as Filter | null));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { busy, message, run } = useSaving();
  const send = async () => {
    const body = { ...wireOf(values), condition: tidy(condition) ?? null };
    try {
      if (record) await patch(`/${entity.plural}/${record.id}`, body, record.version);
      else await post(`/${entity.plural}`, body);
      refreshEntity(entity.plural);
      onClose();
    } catch (error) {
      if (error instanceof ApiError) setErrors(errorsByField(entity, error.problem).fields);
      throw error;
    }
  };
  const save = () => run(send);
  return (
    <Modal
      open
      width={720}
      title={record ? t('form.edit', { title: record.title }) : t('newOf', { label: entity.label })}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <FormError message={message} />
      <form className="record-form" onSubmit={submits(save)}>
        <Fields
          entity={entity}
          groups={groupsOf(entity, !record, false)}
          values={values}
          errors={errors}
          onChange={(part) => setValues((held) => ({ ...held, ...part }))}
        />
        <h3>{title}</h3>
        <p className="field-hint">{hint}</p>
        {chosen && <ConditionGroup entity={chosen} value={condition} onChange={setCondition} depth={0} />}
      </form>
    </Modal>
  );
}

const asGroup = (filter: Filter | null | undefined): Filter =>
  !filter ? group('and', []) : isGroup(filter) ? filter : group('and', [filter]);
