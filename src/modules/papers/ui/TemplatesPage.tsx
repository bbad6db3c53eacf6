import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { put } from '../../../web/api/client.ts';
import { download } from '../../../web/api/download.ts';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import type { TemplateRow } from '../store.ts';
import { type Kept, refreshTemplates, useTemplates } from './api.ts';
import { TemplateDialog, VersionDialog } from './dialogs.tsx';
import { WordsDrawer } from './WordsDrawer.tsx';
import './papers.css';

type Open =
  | { what: 'new'; kind: string }
  | { what: 'change'; template: TemplateRow }
  | { what: 'version'; template: TemplateRow }
  | { what: 'words'; kind: string }
  | null;

/** The company's own Word templates, kind by kind. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useTemplates();
  const [open, setOpen] = useState<Open>(null);
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const close = () => setOpen(null);
  // Braces within a text would be taken for its own.
  const rows = t('papers.exampleRows');
  return (
    <div className="page narrow">
      <div className="head">
        <h1 tabIndex={-1}>{t('papers.title')}</h1>
      </div>
      <p className="quiet">
        {t('papers.hint', { name: `{${t('papers.exampleField')}}`, open: `{#${rows}}`, close: `{/${rows}}` })}
      </p>
      <p className="quiet">{t(data.office ? 'papers.office' : 'papers.noOffice')}</p>
      {data.kinds.map((kind) => (
        <KindCard
          key={kind.name}
          kind={kind}
          templates={data.items.filter((each) => each.kind === kind.name)}
          onOpen={setOpen}
        />
      ))}
      {open?.what === 'new' && <TemplateDialog kind={open.kind} template={null} onClose={close} />}
      {open?.what === 'change' && (
        <TemplateDialog kind={open.template.kind} template={open.template} onClose={close} />
      )}
      {open?.what === 'version' && <VersionDialog template={open.template} onClose={close} />}
      {open?.what === 'words' && <WordsDrawer kind={open.kind} onClose={close} />}
    </div>
  );
}

interface CardProps {
  kind: Kept['kinds'][number];
  templates: TemplateRow[];
  onOpen(open: Open): void;
}

function KindCard({ kind, templates, onOpen }: CardProps) {
  const { t } = useTranslation();
  const sample = () => void download(`/paper-kinds/${kind.name}/sample`).catch(toastError);
  return (
    <section className="card pad paper-kind" aria-label={kind.label}>
      <div className="paper-kind-head">
        <h2>{kind.label}</h2>
        <span className="fill" />
        <button type="button" className="link" onClick={() => onOpen({ what: 'words', kind: kind.name })}>
          {t('papers.words')}
        </button>
        <button type="button" className="link" onClick={sample}>
          {t('papers.sample')}
        </button>
        <Button onClick={() => onOpen({ what: 'new', kind: kind.name })}>{t('papers.upload')}</Button>
      </div>
      {templates.length === 0 && <p className="quiet">{t('papers.none')}</p>}
      <ul className="paper-list">
        {templates.map((template) => (
          <Template key={template.id} template={template} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function Template({ template, onOpen }: { template: TemplateRow; onOpen(open: Open): void }) {
  const { t } = useTranslation();
  const { id, name, usual, retired, legalEntity, department, versions } = template;
  const [newest] = versions;
  const setRetired = async () => {
    try {
      await put(`/paper-templates/${id}`, {
        name,
        legalEntity: legalEntity?.id ?? null,
        department: department?.id ?? null,
        usual: usual && retired,
        retired: !retired,
      });
      await refreshTemplates();
    } catch (error) {
      toastError(error);
    }
  };
  const get = (edition: number) =>
    void download(`/paper-templates/${id}/versions/${edition}/content`).catch(toastError);
  return (
    <li className={retired ? 'paper-line quiet' : 'paper-line'}>
      <div className="paper-what">
        <strong>{name}</strong>{' '}
        {usual && !retired && <span className="tag dai">{t('papers.usualMark')}</span>}
        {retired && <span className="tag">{t('papers.retired')}</span>}
        <div className="quiet">
          {[legalEntity?.title, department?.title].filter(Boolean).join(' · ') || t('papers.everyone')}
        </div>
        <details>
          <summary>
            {newest &&
              `${t('papers.edition', { edition: newest.edition })} · ${t('papers.from', { date: newest.validFrom })}`}
          </summary>
          <ul className="paper-versions">
            {versions.map(({ edition, validFrom, note, createdBy }) => (
              <li key={edition}>
                <button type="button" className="link" onClick={() => get(edition)}>
                  {t('papers.edition', { edition })}
                </button>{' '}
                {[t('papers.from', { date: validFrom }), createdBy, note].filter(Boolean).join(' · ')}
              </li>
            ))}
          </ul>
        </details>
      </div>
      <div className="paper-does">
        <button type="button" className="link" onClick={() => onOpen({ what: 'version', template })}>
          {t('papers.version')}
        </button>
        <button type="button" className="link" onClick={() => onOpen({ what: 'change', template })}>
          {t('papers.change')}
        </button>
        <button type="button" className="link" onClick={() => void setRetired()}>
          {t(retired ? 'papers.revive' : 'papers.retire')}
        </button>
      </div>
    </li>
  );
}
