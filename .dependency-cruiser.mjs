/** Where the rooms of the house begin and end. Run by `npm run check` (bin/boundaries.mjs). */
const SHARED = '(^src/platform/.*/shared/|\\.shared\\.ts$)';
const BROWSER = '^src/(web/|modules/[^/]+/ui/)';
const TEST = '(\\.test\\.tsx?$|/testing/|^test/|^bench/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Code that needs each other belongs together or needs a third place.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'platform-knows-no-module',
      comment: 'The platform is used by modules, never the other way round.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: TEST },
      to: { path: '^src/(modules/|web/|app\\.ts$|main\\.ts$)' },
    },
    {
      name: 'modules-meet-in-public',
      comment: 'A module reads another one only through its public.ts (server) or ui/index.ts (browser).',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/', pathNot: '^src/modules/($1/|[^/]+/public\\.ts$|[^/]+/ui/index\\.tsx?$)' },
    },
    {
      name: 'server-needs-no-screen',
      comment: 'Server code imports neither the shell nor a module’s screens.',
      severity: 'error',
      from: { path: '^src/', pathNot: [BROWSER, TEST] },
      to: { path: BROWSER },
    },
    {
      name: 'browser-imports-no-server',
      comment: 'The browser takes types and shared files from the server side, never code that runs there.',
      severity: 'error',
      from: { path: BROWSER, pathNot: TEST },
      to: {
        path: '^src/',
        pathNot: [BROWSER, SHARED, '\\.json$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'browser-needs-no-node',
      comment: 'A built-in of Node does not exist in the browser.',
      severity: 'error',
      from: { path: [BROWSER, SHARED], pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'shared-stays-light',
      comment: 'What the browser shares with the server must not drag the server along.',
      severity: 'error',
      from: { path: SHARED, pathNot: TEST },
      to: { path: '^src/', pathNot: SHARED, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-stay-tests',
      comment: 'What ships does not import tests or their helpers.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: ['\\.test\\.tsx?$', '/testing/', '^test/'] },
    },
    {
      name: 'imports-exist',
      comment: 'An import that resolves to nothing.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
