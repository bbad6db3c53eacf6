import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = { target: process.env.GUANXI_API ?? 'http://127.0.0.1:3000' };

/** The browser application: built into `dist/web`, which the server serves with an SPA fallback. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Few files for the first page; what only some pages need (dates, places) stays apart.
        codeSplitting: {
          groups: [
            {
              name: 'core',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
            },
            {
              name: 'controls',
              test: /node_modules[\\/](antd|@rc-component|@ant-design)[\\/]/,
              minShareCount: 6,
            },
          ],
        },
      },
    },
    // Translations and small icons stay files: the content security policy allows no data: scripts.
    assetsInlineLimit: 0,
  },
  server: {
    port: Number(process.env.WEB_PORT ?? 5173),
    // Not `/api`: our own folder of that name is served from here.
    proxy: { '/api/v1': api, '/api/openapi.json': api, '/healthz': api },
  },
});
