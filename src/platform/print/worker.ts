import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import { layoutOf } from './layout.ts';
import type { PrintPage } from './page.ts';

const files = {
  normal: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  ),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf')),
};

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
