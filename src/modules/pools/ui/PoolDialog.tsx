import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, patch, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity, wireOf } from '../../../web/api/records.ts';
import type { Filter, MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { Fields } from '../../../web/form/Fields.tsx';
import { errorsByField, groupsOf, initialValues, type Values, valuesOf } from '../../../web/form/model.ts';
import { ConditionGroup } from '../../../web/list/ConditionGroup.tsx';
import { group, isGroup, tidy } from '../../../web/list/filterModel.ts';
import { FormError } from '../../../web/shell/FormError.tsx';
import { submits, useSaving } from '../../../web/shell/useSaving.ts';
import '../../../web/styles/list.css';
import '../../../web/styles/form.css';

/** A pool with its condition and rules. */
export function PoolDialog(props: { entity: MetaEntity; record?: WireRecord; onClose: () => void }) {
  const { t } = useTranslation();
  const { entity, record, onClose } = props;
  const customer = useMeta().entity('customer');
  const [values, setValues] = useState<Values>(() =>
    record ? valuesOf(entity, record) : initialValues(entity),
  );
  const [condition, setCondition] = useState<Filter>(() => asGroup(record?.condition as Filter | null));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { busy, message, run } = useSaving();
  const send = async () => {
    const body = { ...wireOf(values), condition: tidy(condition) ?? null };
    try {
      if (record) await patch(`/pools/${record.id}`, body, record.version);
      else await post('/pools', body);
      refreshEntity('pools');
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
        <h3>{t('pools.condition')}</h3>
        <p className="field-hint">{t('pools.conditionHint')}</p>
        {customer && <ConditionGroup entity={customer} value={condition} onChange={setCondition} depth={0} />}
      </form>
    </Modal>
  );
}

const asGroup = (filter: Filter | null | undefined): Filter =>
  !filter ? group('and', []) : isGroup(filter) ? filter : group('and', [filter]);
