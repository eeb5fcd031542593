/**
 * The import rules of the layers. Type imports count: a layer that knows another's types knows it.
 * `npm run lint` applies them; `test/unit/tooling/importRules.test.ts` shows that each one bites.
 */

/** npm packages that do no I/O, so that the pure layers may use them in a webview too. */
const purePackages = [
  '@msgpack/msgpack',
  '@noble/hashes',
  'gifenc',
  'maxrects-packer',
  'yaml',
  'zod',
];

/** For each layer, the others it may import. */
const layers = {
  pixels: [],
  protocol: [],
  project: ['pixels', 'protocol'],
  local: ['protocol'],
  client: ['protocol', 'project', 'local'],
  worker: ['pixels', 'protocol', 'project', 'local'],
  extension: ['pixels', 'protocol', 'project', 'local', 'client'],
  cli: ['pixels', 'protocol', 'project', 'local', 'client'],
  webview: ['pixels', 'project'],
};

/** What a layer may import beyond whole layers, as paths below `src/`. */
const exceptions = {
  // The messages between a panel and its page are declared once, on the host's side.
  webview: ['extension/panels/messages/[^/]+\\.ts$'],
};

/** Packages that one or two files wrap for everyone else. */
const wrapped = {
  zeromq: ['src/client/zmq\\.ts', 'src/worker/server/zmq\\.ts'],
  sharp: ['src/worker/images/sharp-codec\\.ts'],
  vscode: ['src/extension/.+'],
  '@vscode/webview-ui-toolkit': ['src/webview/ui/toolkit\\.ts'],
};

const escape = name => name.replace(/[/.]/g, '\\$&');

const inPackage = name => `(^|/)node_modules/${escape(name)}(/|$)|^${escape(name)}(/|$)`;

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: `src/${layer} imports ${allowed.length > 0 ? allowed.join(', ') : 'no other layer'}.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: {
    path: '^src/',
    pathNot: [layer, ...allowed]
      .map(name => `^src/${name}/`)
      .concat((exceptions[layer] ?? []).map(path => `^src/${path}`)),
  },
}));

const wrapperRules = Object.entries(wrapped).map(([name, files]) => ({
  name: `${name.split('/').pop()}-has-one-door`,
  comment: `${name} is imported in ${files.join(' and ')} alone.`,
  severity: 'error',
  from: { path: '^src/', pathNot: files.map(file => `^${file}$`) },
  to: { path: inPackage(name) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    ...wrapperRules,
    {
      name: 'every-folder-is-a-layer',
      comment: 'A new folder in src gets its place among the layers above first.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(layers).join('|')})/` },
      to: {},
    },
    {
      name: 'pure-layers-do-no-io',
      comment: 'pixels, protocol and project also run in a webview: no Node modules.',
      severity: 'error',
      from: { path: '^src/(pixels|protocol|project)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-layers-use-pure-packages',
      comment: `pixels, protocol and project use only ${purePackages.join(', ')}.`,
      severity: 'error',
      from: { path: '^src/(pixels|protocol|project)/' },
      to: {
        path: '(^|/)node_modules/',
        pathNot: purePackages.map(inPackage),
      },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'src-stands-alone',
      comment: 'What ships never imports tests, benches or scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|bin|examples)/' },
    },
    {
      name: 'no-dev-dependencies-in-src',
      comment: 'An installed package has no dev dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'npm-optional', 'type-only'],
        pathNot: [inPackage('vscode'), inPackage('@types/vscode')],
      },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that leads nowhere fails at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    exoticRequireStrings: ['requireHere', 'requireNative'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
