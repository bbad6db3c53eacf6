import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import { layoutOf } from './layout.ts';
import type { PrintPage } from './page.ts';

const { resolve } = createRequire(import.meta.url);
const font = (weight: string) => resolve(`@expo-google-fonts/noto-sans-sc/${weight}.ttf`);
const files = { normal: font('400Regular/NotoSansSC_400Regular'), bold: font('700Bold/NotoSansSC_700Bold') };

pdfmake.setFonts({ NotoSansSC: files });
// Pages are data of customers: what stands in them fetches and reads nothing.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === files.normal || path === files.bold);

parentPort?.on('message', async ({ id, page }: { id: number; page: PrintPage }) => {
  try {
    const pdf = await pdfmake.createPdf(layoutOf(page)).getBuffer();
    parentPort?.postMessage({ id, pdf });
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) });
  }
});
