import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../api/client.ts';
import { may, shownFields } from '../api/meta.tsx';
import { refreshEntity, useShortList } from '../api/records.ts';
import type { MetaEntity, WireRecord } from '../api/types.ts';
import { FieldValue } from '../fields/FieldValue.tsx';
import { isNumeric } from '../fields/format.ts';
import { openCreate } from '../form/create.ts';
import { slotsOf } from '../slots.ts';

const SHOWN = 50;

interface Props {
  parent: WireRecord;
  entity: MetaEntity;
  /** The field of the child that names the parent. */
  field: string;
}

/** The records of one kind that hang on this one. */
export function ChildList({ parent, entity, field }: Props) {
  const { t } = useTranslation();
  const many = entity.fields.find((item) => item.name === field)?.kind === 'references';
  const filter = {
    field,
    op: many ? ('in' as const) : ('eq' as const),
    value: many ? [parent.id] : parent.id,
  };
  const { data, error } = useShortList(entity.plural, { filter, sort: entity.list.sort }, SHOWN);
  const columns = entity.list.columns
    .filter((name) => name !== field)
    .flatMap((name) => shownFields(entity).find((item) => item.name === name) ?? [])
    .slice(0, 6);
  const beside = slotsOf(entity.name, 'child.row');
  const create = async () => {
    const link = { id: parent.id, title: parent.title };
    if (await openCreate(entity, { [field]: many ? [link] : link })) refreshEntity(entity.plural);
  };
  return (
    <>
      <div className="child-head">
        <span className="quiet">
          {data
            ? t('list.total', {
                total: `${data.total ?? data.items.length}${data.totalIsExact === false ? '+' : ''}`,
              })
            : ''}
        </span>
        <span className="fill" />
        {data?.nextCursor && (
          <Link
            className="link"
            to="/r/$plural"
            params={{ plural: entity.plural }}
            search={{ filter: { and: [filter] } }}
          >
            {t('child.all')}
          </Link>
        )}
        {may(entity, 'create') && (
          <Button size="small" onClick={() => void create()}>
            {t('newOf', { label: entity.label })}
          </Button>
        )}
      </div>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {data?.items.length === 0 && (
        <p className="quiet pad-text">{t('list.none', { label: entity.label })}</p>
      )}
      {!!data?.items.length && (
        <div className="scroll-x">
          <table className="plain-table">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} className={isNumeric(column) ? 'num' : ''}>
                    {column.label}
                  </th>
                ))}
                {beside.length > 0 && <td />}
              </tr>
            </thead>
            <tbody>
              {data.items.map((item) => (
                <tr key={item.id}>
                  {columns.map((column, index) => (
                    <td
                      key={column.name}
                      className={isNumeric(column) ? 'num' : column.kind === 'date' ? 'day' : ''}
                    >
                      {column.name === entity.title ||
                      (index === 0 && !columns.some((c) => c.name === entity.title)) ? (
                        <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: item.id }}>
                          {item.title || '—'}
                        </Link>
                      ) : (
                        <FieldValue field={column} value={item[column.name]} compact />
                      )}
                    </td>
                  ))}
                  {beside.length > 0 && (
                    <td>
                      <Suspense fallback={null}>
                        {beside.map(({ component: Part, key }) => (
                          <Part key={key} entity={entity} record={item} />
                        ))}
                      </Suspense>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
