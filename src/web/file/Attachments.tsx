import { PaperClipOutlined } from '@ant-design/icons';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../api/meta.tsx';
import { useShortList } from '../api/records.ts';
import type { WireRecord } from '../api/types.ts';
import { dayOf, sizeText } from '../fields/format.ts';
import { deleteOne } from '../list/mass.ts';
import { toastError } from '../shell/toasts.tsx';
import { useDropTarget } from '../shell/useDropTarget.ts';
import { contentUrl, fileOf, isPicture, upload } from './attached.ts';
import { Thumbnail } from './files.tsx';

/** The files of a record: drop or choose to add, open, take away. */
export function Attachments({ record, field }: { record: WireRecord; field: string }) {
  const { t } = useTranslation();
  const attachment = useMeta().entity('attachment');
  const { data } = useShortList(
    attachment?.plural,
    { filter: { field, op: 'eq', value: record.id }, sort: '-createdAt' },
    100,
  );
  const chooser = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(0);
  const canAdd = may(attachment, 'create');
  const { over, target } = useDropTarget((event) => void add(event.dataTransfer.files), canAdd);
  if (!attachment) return null;
  const add = async (files: FileList | null) => {
    // Taken at once: the list empties with the control it came from.
    for (const file of [...(files ?? [])]) {
      setBusy((count) => count + 1);
      await upload(file, file.name, { [field]: record.id }).catch(toastError);
      setBusy((count) => count - 1);
    }
  };
  const files = data?.items.map(fileOf) ?? [];
  return (
    <section className={`card drop ${over ? 'over' : ''}`} aria-label={attachment.label} {...target}>
      <header>
        <h2>{attachment.label}</h2>
        <span className="quiet">{data?.items.length || ''}</span>
        <span className="fill" />
        {canAdd && (
          <button type="button" className="link" onClick={() => chooser.current?.click()}>
            {busy > 0 ? t('files.sending') : t('files.add')}
          </button>
        )}
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          aria-label={t('files.add')}
          onChange={(event) => {
            void add(event.target.files);
            event.target.value = '';
          }}
        />
      </header>
      <ul className="file-list">
        {files.map((file) => (
          <li key={file.id}>
            {isPicture(file) ? <Thumbnail file={file} among={files} /> : <PaperClipOutlined />}
            <a
              href={contentUrl(file.id, /^(image|audio)\/|pdf$/.test(file.mime))}
              target="_blank"
              rel="noreferrer"
              title={file.name}
            >
              {file.name}
            </a>
            <small className="quiet">
              {sizeText(file.size)} · {dayOf(String(file.record.createdAt))}
            </small>
            {file.record.can.delete && (
              <button
                type="button"
                className="icon-button"
                aria-label={t('files.remove', { name: file.name })}
                onClick={() => void deleteOne(attachment, file.record)}
              >
                ×
              </button>
            )}
          </li>
        ))}
        {data?.items.length === 0 && <li className="quiet">{canAdd ? t('files.drop') : t('files.none')}</li>}
      </ul>
    </section>
  );
}
