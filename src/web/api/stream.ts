import { url } from './client.ts';
import { type Hello, openStream, type Told } from './streamSource.ts';

/**
 * Listens to what the server tells, through one connection for all pages of the browser where it can share one. A page that is left
 * keeps nothing open, also while the browser holds it for going back.
 * @param who whose session it is; another's begins anew
 * @param back the page is shown again after a while in which it heard nothing
 * @returns ends it
 */
export function listen(who: string, told: Told, back: () => void): () => void {
  const hello = { url: url('/live'), who };
  let end = begin(hello, told);
  const hide = () => end();
  const show = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    end = begin(hello, told);
    back();
  };
  window.addEventListener('pagehide', hide);
  window.addEventListener('pageshow', show);
  return () => {
    window.removeEventListener('pagehide', hide);
    window.removeEventListener('pageshow', show);
    end();
  };
}

function begin(hello: Exclude<Hello, 'bye'>, told: Told): () => void {
  let end = () => {};
  const alone = () => {
    const source = openStream(hello.url, told);
    end = () => source.close();
  };
  if (typeof SharedWorker === 'undefined') {
    alone();
    return () => end();
  }
  const worker = new SharedWorker(new URL('./stream.worker.ts', import.meta.url), {
    type: 'module',
    name: 'live',
  });
  const { port } = worker;
  // Its file is gone, after an upgrade, or the browser forbids it.
  worker.onerror = alone;
  port.onmessage = ({ data }: MessageEvent<{ name: Parameters<Told>[0]; data: string }>) =>
    told(data.name, data.data);
  const send = (word: Hello) => port.postMessage(word);
  send(hello);
  end = () => {
    send('bye');
    port.close();
  };
  return () => end();
}
