import shell from './zh.json' with { type: 'json' };

const modules = import.meta.glob<Record<string, string>>('../../modules/*/ui/zh.json', {
  eager: true,
  import: 'default',
});

/** All Chinese texts of the browser: the shell's and the modules'. */
export default Object.assign({}, shell, ...Object.values(modules)) as Record<string, string>;
