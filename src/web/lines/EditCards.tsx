import { DeleteOutlined, DownOutlined, UpOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEmpty, valueText } from '../fields/format.ts';
import { Aside, Cell, type EditProps, figureOf } from './EditTable.tsx';
import { keyOfRow } from './keys.ts';

/** Each row is a card; what is seldom written is behind "more", unless there is room for the whole. */
export function EditCards({ whole: wide, ...props }: EditProps & { whole: boolean }) {
  const { t } = useTranslation();
  const { part, fields, rows, figures, rules, errors, move, remove } = props;
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const figure = figureOf(props);
  return (
    <ol className={`line-cards ${wide ? 'wide' : ''}`}>
      {rows.map((row, at) => {
        const key = keyOfRow(row, at);
        const usual = fields.filter(
          ({ name, kind, required }) =>
            required || kind === 'reference' || !isEmpty(row[name]) || errors[`${part.name}.${at}.${name}`],
        );
        const shown = wide || whole.has(key) ? fields : usual;
        return (
          <li key={key} data-row={at} className={rules?.isBeneath(row) ? 'beneath' : ''}>
            {!rules?.isBeneath(row) && (
              <div className="line-card-head">
                <b>{t('lines.row', { row: at + 1 })}</b>
                <button
                  type="button"
                  className="icon-button"
                  disabled={at === 0}
                  aria-label={t('lines.up', { row: at + 1 })}
                  onClick={() => move(at, at - 1)}
                >
                  <UpOutlined aria-hidden />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  disabled={at === rows.length - 1}
                  aria-label={t('lines.down', { row: at + 1 })}
                  onClick={() => move(at, at + 1)}
                >
                  <DownOutlined aria-hidden />
                </button>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t('lines.removeRow', { row: at + 1 })}
                  onClick={() => remove(at)}
                >
                  <DeleteOutlined aria-hidden />
                </button>
              </div>
            )}
            <div className="line-card-fields">
              {shown.map((field) => (
                <div
                  key={field.name}
                  className={field.kind === 'reference' || field.name === part.entity.title ? 'wide' : ''}
                  data-column={fields.indexOf(field)}
                >
                  <span className="quiet">{rules?.label(field.name) ?? field.label}</span>
                  <Cell {...props} at={at} row={row} field={field} />
                </div>
              ))}
            </div>
            <div className="sum">
              {shown.length < fields.length ? (
                <button type="button" className="link" onClick={() => setWhole(new Set([...whole, key]))}>
                  {t('lines.more')}
                </button>
              ) : (
                <span />
              )}
              {figure && (
                <b>
                  {valueText(figure, figures[at]?.[figure.name] ?? null)}
                  <Aside {...props} at={at} />
                </b>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
