import {
  CloseOutlined,
  DownloadOutlined,
  LeftOutlined,
  RightOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sizeText } from '../fields/format.ts';
import '../styles/lightbox.css';
import { contentUrl, type FileRecord } from './attached.ts';
import { useZoom } from './useZoom.ts';

interface Props {
  pictures: FileRecord[];
  first: string;
  onClose: () => void;
}

/** Pictures over the whole window, one after the other. */
export default function Lightbox({ pictures, first, onClose }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pictures.findIndex((picture) => picture.id === first),
    ),
  );
  const [broken, setBroken] = useState<string | null>(null);
  const picture = pictures[Math.min(at, pictures.length - 1)] as FileRecord;
  const go = (step: number) => setAt((held) => (held + step + pictures.length) % pictures.length);
  const { view, dragging, pointers, ...zoom } = useZoom(picture.id, { sideways: go, down: onClose });
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const keys: Record<string, () => void> = {
    arrowleft: () => go(-1),
    arrowright: () => go(1),
    home: () => setAt(0),
    end: () => setAt(pictures.length - 1),
    '+': zoom.nearer,
    '=': zoom.nearer,
    '-': zoom.farther,
    '0': zoom.whole,
  };
  const many = pictures.length > 1;
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={picture.name}
      onClose={onClose}
      onKeyDown={(event) => {
        // Nothing behind listens while a picture is open.
        event.stopPropagation();
        const run = keys[event.key.toLowerCase()];
        if (event.ctrlKey || event.metaKey || !run) return;
        event.preventDefault();
        run();
      }}
    >
      <header>
        <b title={picture.name}>{picture.name}</b>
        <small>
          {many && (
            <span aria-live="polite">{t('picture.of', { at: at + 1, count: pictures.length })} · </span>
          )}
          {sizeText(picture.size)}
        </small>
        <span className="fill" />
        <button type="button" aria-label={t('picture.farther')} onClick={zoom.farther}>
          <ZoomOutOutlined />
        </button>
        <button type="button" aria-label={t('picture.nearer')} onClick={zoom.nearer}>
          <ZoomInOutlined />
        </button>
        <a href={contentUrl(picture.id, false)} aria-label={t('picture.download')}>
          <DownloadOutlined />
        </a>
        <button type="button" aria-label={t('close')} onClick={onClose}>
          <CloseOutlined />
        </button>
      </header>
      {/** biome-ignore lint/a11y/noStaticElementInteractions: the buttons and keys do the same */}
      <div
        className="lightbox-stage"
        {...pointers}
        onWheel={(event) => zoom.wheel(event.deltaY)}
        onDoubleClick={zoom.toggle}
      >
        {broken === picture.id ? (
          <p>{t('picture.broken')}</p>
        ) : (
          <img
            key={picture.id}
            src={contentUrl(picture.id, true)}
            alt={picture.name}
            draggable={false}
            className={dragging ? '' : 'settled'}
            style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
            onError={() => setBroken(picture.id)}
          />
        )}
      </div>
      {many && (
        <>
          <button
            type="button"
            className="beside left"
            aria-label={t('picture.before')}
            onClick={() => go(-1)}
          >
            <LeftOutlined />
          </button>
          <button type="button" className="beside right" aria-label={t('picture.next')} onClick={() => go(1)}>
            <RightOutlined />
          </button>
        </>
      )}
    </dialog>
  );
}
