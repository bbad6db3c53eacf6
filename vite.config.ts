import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The browser application: built into `dist/web`, which the server serves with an SPA fallback. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    // Translations and small icons stay files: the content security policy allows no data: scripts.
    assetsInlineLimit: 0,
  },
  server: {
    port: Number(process.env.WEB_PORT ?? 5173),
    proxy: { '/api': { target: process.env.GUANXI_API ?? 'http://127.0.0.1:3000' } },
  },
});
