import { useNavigate } from '@tanstack/react-router';
import { Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf } from '../../../web/api/client.ts';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import type { Link, WireRecord } from '../../../web/api/types.ts';
import { FieldEditor } from '../../../web/fields/FieldEditor.tsx';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { type Converted, type Hit, tellLead, useMatches } from './api.ts';
import './leads.css';

const NEW = 'new';
const OTHER = 'other';
const NONE = 'none';

/** Asks what becomes of a lead: which customer, which person, what business. */
export function ConvertDialog({ record, onClose }: { record: WireRecord; onClose: () => void }) {
  const { data } = useMatches(record);
  // The choices begin with who it is already: they wait for that.
  return data ? <Choices record={record} found={data} onClose={onClose} /> : null;
}

interface Props {
  record: WireRecord;
  found: { customers: Hit[]; contacts: Hit[] };
  onClose: () => void;
}

function Choices({ record, found, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const opportunity = useMeta().entity('opportunity');
  const linked = record.customer as Link | null | undefined;
  const company = (record.company as string | null) ?? '';
  const hits = [
    ...(linked ? [{ id: linked.id, title: linked.title ?? '—', subtitle: null }] : []),
    ...found.customers.filter((hit) => hit.visible && hit.id !== linked?.id),
  ];
  const hidden = found.customers.filter((hit) => !hit.visible);
  const people = found.contacts.filter(({ visible }) => visible);
  const [customer, setCustomer] = useState(hits[0]?.id ?? NEW);
  const [other, setOther] = useState<Link | null>(null);
  const [name, setName] = useState(company || record.title);
  const [contact, setContact] = useState(people[0]?.id ?? (company ? NEW : NONE));
  const [person, setPerson] = useState(record.title);
  const [business, setBusiness] = useState(may(opportunity, 'create'));
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [despite, setDespite] = useState(false);
  const [known, setKnown] = useState(false);
  const ready =
    (customer !== NEW || name.trim() !== '') &&
    (customer !== OTHER || other !== null) &&
    (contact !== NEW || person.trim() !== '');
  const save = async () => {
    const done = await tellLead<Converted>(record.id, 'convert', {
      customer:
        customer === NEW
          ? { name: name.trim(), kind: company && name !== record.title ? 'company' : 'person' }
          : { id: customer === OTHER ? other?.id : customer },
      contact: contact === NONE ? null : contact === NEW ? { name: person.trim() } : { id: contact },
      opportunity: business
        ? Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''))
        : null,
      despite,
    });
    onClose();
    void navigate({ to: '/r/$plural/$id', params: { plural: 'customers', id: done.customer } });
  };
  return (
    <FormDialog
      width={520}
      title={t('leads.convertTitle', { name: record.title })}
      ok={t('leads.convert')}
      ready={ready}
      save={() =>
        save().catch((error: unknown) => {
          if (error instanceof ApiError && error.problem.code === 'lead_customer_exists') setKnown(true);
          throw error;
        })
      }
      textOf={messageOf}
      onClose={onClose}
    >
      <fieldset className="lead-part">
        <legend>{t('leads.customer')}</legend>
        <Radio.Group
          className="lead-choices"
          value={customer}
          onChange={(event) => setCustomer(event.target.value)}
        >
          {hits.map((hit) => (
            <Radio key={hit.id} value={hit.id}>
              {hit.title} <span className="quiet">{hit.subtitle}</span>
            </Radio>
          ))}
          <Radio value={NEW}>{t('leads.newCustomer')}</Radio>
          <Radio value={OTHER}>{t('leads.otherCustomer')}</Radio>
        </Radio.Group>
        {customer === NEW && (
          <Input
            aria-label={t('leads.customerName')}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        {customer === OTHER && (
          <ReferencePicker
            to="customer"
            label={t('leads.customer')}
            noCreate
            value={other ? [other] : []}
            onChange={([chosen]) => setOther(chosen ?? null)}
          />
        )}
        {hidden.map((hit) => (
          <p key={hit.id} className="quiet">
            {t('leads.hidden', { name: hit.title, owner: hit.owner?.title ?? '—' })}
          </p>
        ))}
        {known && customer === NEW && (
          <Checkbox checked={despite} onChange={(event) => setDespite(event.target.checked)}>
            {t('leads.despite')}
          </Checkbox>
        )}
      </fieldset>
      <fieldset className="lead-part">
        <legend>{t('leads.person')}</legend>
        <Radio.Group
          className="lead-choices"
          value={contact}
          onChange={(event) => setContact(event.target.value)}
        >
          {people.map((hit) => (
            <Radio key={hit.id} value={hit.id}>
              {hit.title} <span className="quiet">{hit.subtitle}</span>
            </Radio>
          ))}
          <Radio value={NEW}>{t('leads.newPerson')}</Radio>
          <Radio value={NONE}>{t('leads.noPerson')}</Radio>
        </Radio.Group>
        {contact === NEW && (
          <Input
            aria-label={t('leads.personName')}
            maxLength={100}
            value={person}
            onChange={(event) => setPerson(event.target.value)}
          />
        )}
      </fieldset>
      {may(opportunity, 'create') && opportunity && (
        <fieldset className="lead-part">
          <legend>
            <Checkbox checked={business} onChange={(event) => setBusiness(event.target.checked)}>
              {opportunity.label}
            </Checkbox>
          </legend>
          {business &&
            ['name', 'amount', 'closeDate'].flatMap((each) => {
              const field = fieldOf(opportunity, each);
              return field
                ? [
                    <div key={each} className="field">
                      <label className="field-label" htmlFor={`lead-${each}`}>
                        {field.label}
                      </label>
                      <FieldEditor
                        id={`lead-${each}`}
                        field={field}
                        value={values[each] ?? null}
                        onChange={(value) => setValues((held) => ({ ...held, [each]: value }))}
                      />
                    </div>,
                  ]
                : [];
            })}
        </fieldset>
      )}
    </FormDialog>
  );
}
