import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const api = { target: process.env.GUANXI_API ?? 'http://127.0.0.1:3000' };

const SMALLEST = 1024;

/** Writes each file compressed beside itself, so that the server need not compress on every request. */
function precompressed(): Plugin {
  let folder = '';
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    // After the last change to a file, so from the disk.
    closeBundle: {
      order: 'post',
      handler() {
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!/\.(js|css|svg)$/.test(name)) continue;
          const path = join(folder, name);
          const source = readFileSync(path);
          if (source.length < SMALLEST) continue;
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
          writeFileSync(`${path}.br`, brotliCompressSync(source, { params }));
          writeFileSync(`${path}.gz`, gzipSync(source));
        }
      },
    },
  };
}

const NAMED = `role: "img",
    "aria-label": icon.name`;
const QUIET = `...(onClick || restProps.role || restProps["aria-label"] || icon.name.startsWith("close")
      ? { role: "img", "aria-label": icon.name } : { "aria-hidden": true })`;

/**
 * Icons stand beside words or within a named button: their English names are not read out besides. Only what empties or
 * closes one of the library's controls is named by nothing else.
 */
function quietIcons(): Plugin {
  return {
    name: 'quiet-icons',
    transform: {
      filter: { id: /@ant-design[\\/]icons[\\/]es[\\/]components[\\/]AntdIcon(Light)?\.js$/ },
      handler(code) {
        if (!code.includes(NAMED)) this.error('The icons name themselves in another way than before.');
        return { code: code.replace(NAMED, QUIET), map: null };
      },
    },
  };
}

/** The browser application: built into `dist/web`, which the server serves with an SPA fallback. */
export default defineConfig({
  root: 'src/web',
  plugins: [react(), quietIcons(), precompressed()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        // Few files for the first page, and in them only what nearly every page needs: the rest is shared as it falls.
        codeSplitting: {
          groups: [
            {
              name: 'core',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
            },
            {
              name: 'controls',
              test: /node_modules[\\/](?!antd[\\/]es[\\/](date-picker|time-picker|calendar)|@rc-component[\\/]picker)(antd|@rc-component|@ant-design)[\\/]/,
              minShareCount: 110,
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
