import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { Fragment, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldRight, Permissions, ScopeName } from '../../platform/access/permissions.ts';
import { useMeta } from '../api/meta.tsx';
import { saveEdit } from '../api/save.ts';
import type { Action, MetaEntity, WireRecord } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { linksQuery } from '../list/useNames.ts';
import { toast, toastError } from '../shell/toasts.tsx';
import { useSaving } from '../shell/useSaving.ts';
import {
  ACTIONS,
  EVERY,
  FIELD_RIGHTS,
  permissionOf,
  SCOPES,
  withAction,
  withCommand,
  withFieldRight,
  withPermission,
} from './permissions.ts';

interface Props {
  entity: MetaEntity;
  role: WireRecord;
  onClose: () => void;
}

/** A matrix of record types and actions, each with its scope; below each line its field rights. */
export function RoleEditor({ entity, role: now, onClose }: Props) {
  const role = useRef(now).current;
  const { t } = useTranslation();
  const meta = useMeta();
  const [permissions, setPermissions] = useState<Permissions>((role.permissions as Permissions | null) ?? {});
  const [open, setOpen] = useState<string | null>(null);
  const { busy, run } = useSaving();
  const save = () =>
    run(async () => {
      if (await saveEdit(entity, role, { permissions }, { quiet: true })) {
        toast(t('roles.saved', { name: role.title }), { kind: 'good' });
        onClose();
      }
    }, toastError);
  const lines: { name: string; label: string; target?: MetaEntity }[] = [
    ...meta.entities
      .filter(({ partOf }) => !partOf)
      .flatMap((head) => [
        { name: head.name, label: head.label, target: head },
        ...(head.parts ?? []).flatMap(({ entity: name }) => {
          const target = meta.entity(name);
          return target ? [{ name, label: target.label, target }] : [];
        }),
      ]),
    { name: EVERY, label: t('roles.every') },
  ];
  return (
    <>
      <div className="head">
        <button type="button" className="link" onClick={onClose}>
          {t('roles.back')}
        </button>
        <h1 tabIndex={-1}>{role.title}</h1>
        <span className="fill" />
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {t('save')}
        </Button>
      </div>
      <Checkbox
        checked={!!permissions.administrator}
        onChange={(event) => setPermissions({ ...permissions, administrator: event.target.checked })}
      >
        {t('roles.administrator')}
      </Checkbox>
      {!permissions.administrator && (
        <section className="card scroll-x">
          <table className="plain-table matrix">
            <thead>
              <tr>
                <th>{t('roles.type')}</th>
                {ACTIONS.map((action) => (
                  <th key={action}>{t(`action.${action}`)}</th>
                ))}
                <th>
                  <span className="sr">{t('roles.fields')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ name, label, target }) => (
                <Fragment key={name}>
                  <tr>
                    <th scope="row">{label}</th>
                    {target?.partOf && (
                      <td colSpan={ACTIONS.length} className="quiet">
                        {t('roles.likeHead', { head: meta.entity(target.partOf)?.label ?? '' })}
                      </td>
                    )}
                    {(target?.partOf ? [] : ACTIONS).map((action) => (
                      <td key={action}>
                        {(!target || target.actions.includes(action)) && (
                          <ScopeSelect
                            label={`${label}: ${t(`action.${action}`)}`}
                            scoped={target?.scope !== 'open'}
                            value={permissionOf(permissions, name)?.actions[action] ?? null}
                            onChange={(scope) =>
                              setPermissions(withAction(permissions, name, action as Action, scope))
                            }
                          />
                        )}
                      </td>
                    ))}
                    <td>
                      {target && (
                        <button
                          type="button"
                          className="link"
                          aria-expanded={open === name}
                          onClick={() => setOpen(open === name ? null : name)}
                        >
                          {t('roles.fields')}
                          {lowered(permissions, name) > 0 && ` ${lowered(permissions, name)}`}
                        </button>
                      )}
                    </td>
                  </tr>
                  {target && (
                    <Chosen
                      permissions={permissions}
                      name={name}
                      columns={ACTIONS.length + 2}
                      onChange={setPermissions}
                    />
                  )}
                  {target && open === name && (
                    <tr>
                      <td colSpan={ACTIONS.length + 2} className="matrix-more">
                        <Details entity={target} permissions={permissions} onChange={setPermissions} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

const lowered = (permissions: Permissions, name: string) =>
  Object.keys(permissionOf(permissions, name)?.fields ?? {}).length;

function ScopeSelect(props: {
  label: string;
  scoped: boolean;
  value: ScopeName | null;
  onChange: (scope: ScopeName | null) => void;
}) {
  const { t } = useTranslation();
  const scopes = props.scoped ? SCOPES : SCOPES.filter((scope) => scope === 'all' || scope === props.value);
  return (
    <select
      aria-label={props.label}
      className={`scope ${props.value ? 'on' : ''}`}
      value={props.value ?? ''}
      onChange={(event) => props.onChange((event.target.value || null) as ScopeName | null)}
    >
      <option value="">—</option>
      {scopes.map((scope) => (
        <option key={scope} value={scope}>
          {t(`scope.${scope}`)}
        </option>
      ))}
    </select>
  );
}

/** The departments of the scope `chosen`. */
function Chosen(props: {
  permissions: Permissions;
  name: string;
  columns: number;
  onChange: (next: Permissions) => void;
}) {
  const { t } = useTranslation();
  const { permissions, name } = props;
  const held = permissionOf(permissions, name);
  const chosen = Object.values(held?.actions ?? {}).includes('chosen');
  const ids = held?.departments ?? [];
  const { data } = useQuery(linksQuery(chosen ? 'departments' : undefined, ids));
  if (!chosen || !held) return null;
  return (
    <tr>
      <td colSpan={props.columns} className="matrix-more">
        <div className="field">
          <span className="field-label">{t('roles.departments')}</span>
          <ReferencePicker
            label={t('roles.departments')}
            to="department"
            many
            noCreate
            value={ids.map((id) => data?.find((link) => link.id === id) ?? { id, title: '…' })}
            onChange={(links) =>
              props.onChange(
                withPermission(permissions, name, { ...held, departments: links.map((link) => link.id) }),
              )
            }
          />
        </div>
      </td>
    </tr>
  );
}

function Details(props: {
  entity: MetaEntity;
  permissions: Permissions;
  onChange: (next: Permissions) => void;
}) {
  const { t } = useTranslation();
  const { entity, permissions, onChange } = props;
  const held = permissionOf(permissions, entity.name);
  return (
    <>
      <p className="quiet">{t('roles.fieldsHint')}</p>
      <div className="field-rights">
        {entity.fields
          .filter((field) => !field.internal)
          .map((field) => {
            const right = held?.fields?.[field.name] ?? 'write';
            return (
              <label key={field.name} className={right === 'write' ? '' : 'lowered'}>
                <span>{field.label}</span>
                <select
                  aria-label={field.label}
                  className="scope on"
                  value={right}
                  onChange={(event) =>
                    onChange(
                      withFieldRight(permissions, entity.name, field.name, event.target.value as FieldRight),
                    )
                  }
                >
                  {FIELD_RIGHTS.map((item) => (
                    <option key={item} value={item}>
                      {t(`fieldRight.${item}`)}
                    </option>
                  ))}
                </select>
              </label>
            );
          })}
      </div>
      {entity.commands.length > 0 && (
        <div className="actions commands">
          {entity.commands.map((command) => (
            <Checkbox
              key={command.name}
              checked={!!held?.commands?.includes(command.name)}
              onChange={(event) =>
                onChange(withCommand(permissions, entity.name, command.name, event.target.checked))
              }
            >
              {command.label}
            </Checkbox>
          ))}
        </div>
      )}
    </>
  );
}
