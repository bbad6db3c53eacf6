import { answerTo } from './client.ts';

/** Fetches a file and hands it to the browser to save, under the name the server gives it. A refusal throws as any other. */
export async function download(path: string, query: Record<string, unknown> = {}): Promise<void> {
  const response = await answerTo('GET', path, { query });
  const header = response.headers.get('content-disposition') ?? '';
  const name = /filename\*=UTF-8''([^;]+)/.exec(header)?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = name ? decodeURIComponent(name) : '';
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
