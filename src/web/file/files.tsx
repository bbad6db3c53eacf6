import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { url } from '../api/client.ts';
import { sizeText } from '../fields/format.ts';
import { contentUrl, type FileRecord, isPicture } from './attached.ts';

const Lightbox = lazy(() => import('./Lightbox.tsx'));

/** Small pictures, of which each opens large with its neighbours; a format nobody reads is a file like others. */
export function Thumbnail({ file, among }: { file: FileRecord; among: FileRecord[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [unread, setUnread] = useState(false);
  if (unread) return <FileLink file={file} />;
  return (
    <>
      <button
        type="button"
        className="thumbnail"
        title={file.name}
        aria-label={t('files.open', { name: file.name })}
        onClick={() => setOpen(true)}
      >
        <img
          src={url(`/attachments/${file.id}/thumbnail`)}
          alt=""
          loading="lazy"
          onError={() => setUnread(true)}
        />
      </button>
      {open && (
        <Suspense fallback={null}>
          <Lightbox pictures={among.filter(isPicture)} first={file.id} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function FileLink({ file }: { file: FileRecord }) {
  const { t } = useTranslation();
  return (
    <a
      className="tag"
      href={contentUrl(file.id, file.mime === 'application/pdf')}
      target="_blank"
      rel="noreferrer"
      title={t('files.open', { name: file.name })}
    >
      {file.name} · {sizeText(file.size)}
    </a>
  );
}

/** Previews in a line: pictures as pictures, sound to be heard, the rest by name. */
export function FileChips({ files }: { files: FileRecord[] }) {
  if (files.length === 0) return null;
  return (
    <div className="file-chips">
      {files.map((file) => {
        if (isPicture(file)) return <Thumbnail key={file.id} file={file} among={files} />;
        if (file.mime.startsWith('audio/'))
          return (
            // biome-ignore lint/a11y/useMediaCaption: a recorded note has no captions
            <audio
              key={file.id}
              controls
              preload="none"
              src={contentUrl(file.id, true)}
              aria-label={file.name}
            />
          );
        return <FileLink key={file.id} file={file} />;
      })}
    </div>
  );
}
