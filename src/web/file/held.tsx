import { AudioOutlined, CameraOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toastError } from '../shell/toasts.tsx';
import '../styles/follow.css';
import { upload } from './attached.ts';
import { useRecorder } from './useRecorder.ts';

interface HeldFile {
  name: string;
  blob: Blob;
}

/** Photos, voice and files held until what they belong to is saved. */
export function useHeldFiles() {
  const [files, setFiles] = useState<HeldFile[]>([]);
  const recorder = useRecorder((blob, name) => setFiles((held) => [...held, { blob, name }]));
  return {
    files,
    recorder,
    add(list: FileList | null) {
      // Taken at once: the list empties with the control it came from.
      const added = [...(list ?? [])].map((file) => ({ name: file.name, blob: file }));
      setFiles((held) => [...held, ...added]);
    },
    drop: (index: number) => setFiles((held) => held.filter((_, at) => at !== index)),
    /** Sends them with the records they belong to and keeps those that could not be sent; true when none is left. */
    async send(on: Record<string, string>): Promise<boolean> {
      const failed: HeldFile[] = [];
      for (const file of files)
        await upload(file.blob, file.name, on).catch((error) => {
          failed.push(file);
          toastError(error);
        });
      setFiles(failed);
      return failed.length === 0;
    },
  };
}

type Held = ReturnType<typeof useHeldFiles>;

/** The names of held files, each of which can be taken away. */
export function HeldNames({ held: { files, drop } }: { held: Held }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  return (
    <div className="held-files">
      {files.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
        <span className="tag dai" key={index}>
          {file.name}
          <button
            type="button"
            className="chip-close icon-button"
            aria-label={t('files.remove', { name: file.name })}
            onClick={() => drop(index)}
          >
            ×
          </button>
        </span>
      ))}
    </div>
  );
}

/** Photo, voice, file; what stands at the end of the line is the caller's. */
export function HeldBar({ held, children }: { held: Held; children?: ReactNode }) {
  const { t } = useTranslation();
  const { recorder, add } = held;
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const voice = useRef<HTMLInputElement>(null);
  return (
    <div className="held-bar">
      <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
        {t('follow.photo')}
      </Button>
      <Button
        icon={<AudioOutlined />}
        className={recorder.active ? 'recording' : ''}
        onClick={() => (recorder.possible ? void recorder.toggle() : voice.current?.click())}
      >
        {recorder.active ? t('follow.stop', { seconds: recorder.seconds }) : t('follow.voice')}
      </Button>
      <Button icon={<PaperClipOutlined />} onClick={() => chooser.current?.click()}>
        {t('follow.file')}
      </Button>
      <span className="fill" />
      {children}
      <Chooser inner={camera} accept="image/*" capture label={t('follow.photo')} onFiles={add} />
      <Chooser inner={voice} accept="audio/*" label={t('follow.voice')} onFiles={add} />
      <Chooser inner={chooser} label={t('follow.file')} onFiles={add} />
    </div>
  );
}

function Chooser(props: {
  inner: React.RefObject<HTMLInputElement | null>;
  accept?: string;
  capture?: boolean;
  label: string;
  onFiles: (files: FileList | null) => void;
}) {
  return (
    <input
      ref={props.inner}
      type="file"
      hidden
      multiple
      aria-label={props.label}
      {...(props.accept ? { accept: props.accept } : {})}
      {...(props.capture ? { capture: 'environment' as const } : {})}
      onChange={(event) => {
        props.onFiles(event.target.files);
        event.target.value = '';
      }}
    />
  );
}
