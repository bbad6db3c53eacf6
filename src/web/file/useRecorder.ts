import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '../shell/toasts.tsx';

const LONGEST_SECONDS = 600;

/** Records the microphone. A page without HTTPS has none: then `possible` is false and a file is chosen instead. */
export function useRecorder(onDone: (blob: Blob, name: string) => void) {
  const { t } = useTranslation();
  const recorder = useRef<MediaRecorder | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [active, setActive] = useState(false);
  const possible = window.isSecureContext && 'mediaDevices' in navigator && 'MediaRecorder' in window;

  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [active]);
  useEffect(() => {
    if (seconds >= LONGEST_SECONDS) recorder.current?.stop();
  }, [seconds]);
  useEffect(
    () => () => {
      for (const track of recorder.current?.stream.getTracks() ?? []) track.stop();
    },
    [],
  );

  const toggle = async () => {
    if (recorder.current?.state === 'recording') return recorder.current.stop();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const made = new MediaRecorder(stream);
      const parts: Blob[] = [];
      made.ondataavailable = (event) => parts.push(event.data);
      made.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        setActive(false);
        const type = made.mimeType.split(';')[0] || 'audio/webm';
        const ending = type.split('/')[1] ?? 'webm';
        onDone(new Blob(parts, { type }), `${t('follow.voiceName')}.${ending}`);
      };
      recorder.current = made;
      setSeconds(0);
      setActive(true);
      made.start();
    } catch {
      toast(t('follow.noMicrophone'), { kind: 'bad' });
    }
  };
  return { possible, active, seconds, toggle };
}
