/**
 * Checks the boundaries between the rooms of the house (.dependency-cruiser.mjs).
 * dependency-cruiser reads TypeScript through the compiler API of TypeScript 5; it gets the copy kept in
 * tools/boundaries, while everything else uses TypeScript 7.
 */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { ROOT } from './lib/paths.mjs';

const ownCopy = createRequire(pathToFileURL(`${ROOT}/tools/boundaries/package.json`));
const redirects = new Map(
  [
    ['typescript', 'commonjs'],
    ['typescript/package.json', 'json'],
  ].map(([name, format]) => [
    name,
    { url: pathToFileURL(ownCopy.resolve(name)).href, format, shortCircuit: true },
  ]),
);

registerHooks({
  resolve: (specifier, context, next) => redirects.get(specifier) ?? next(specifier, context),
});

process.chdir(ROOT);
const { cruise } = await import('dependency-cruiser');
const { default: rules } = await import('../.dependency-cruiser.mjs');
const { output } = await cruise(
  ['src', 'test', 'bench'].filter((folder) => existsSync(folder)),
  {
    ...rules.options,
    ruleSet: { forbidden: rules.forbidden },
    validate: true,
  },
);

if (output.summary.totalCruised === 0) throw new Error('boundaries: no file was read');
for (const { rule, from, to, cycle } of output.summary.violations) {
  const path = cycle?.length ? cycle.map((step) => step.name).join(' → ') : to;
  console.error(`${rule.name}: ${from} → ${path}`);
}
const { error, totalCruised, totalDependenciesCruised } = output.summary;
console.log(`boundaries: ${totalCruised} files, ${totalDependenciesCruised} imports, ${error} violations`);
process.exitCode = error > 0 ? 1 : 0;
