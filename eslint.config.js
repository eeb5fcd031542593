import { builtinModules } from 'node:module';
import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** These run in Node, in a thread and in a webview: no host of any kind. */
const pureLayers = ['src/pixels/**/*.ts', 'src/protocol/**/*.ts', 'src/project/**/*.ts'];

const nodeModules = new RegExp(`^(?:node:.*|(?:${builtinModules.join('|')})(?:/.*)?)$`).source;

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name.',
};
const noBarrel = {
  selector: 'ExportAllDeclaration',
  message: 'Import from the file that owns the name; no barrels.',
};
const noImportMeta = {
  selector: 'MetaProperty[meta.name="import"]',
  message: 'Bundles are CommonJS: take the path as a parameter.',
};
export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.cache/', 'examples/', 'test/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // `typeof import('x')` types a module that is loaded late.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z][a-z]', match: false },
        },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Types and interfaces say different things; either may fit.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // An interface may promise more than one implementation needs.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
      // The compiler knows every name; this rule knows no types.
      'no-undef': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-globals': ['error', '__dirname', '__filename'],
      'no-restricted-syntax': ['error', noDefaultExport, noBarrel, noImportMeta],
    },
  },
  { files: ['src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // A bundle's entry hands on where its files lie.
    files: ['src/{cli,worker}/main.ts', 'src/worker/**/*-thread.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: pureLayers,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: nodeModules, message: 'This layer is pure: it also runs in a webview.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', '__dirname', '__filename', 'Buffer', 'process', 'require'],
    },
  },
  {
    // Loops over pixels, matrices and fixtures read cells they know to be there.
    files: [
      'src/pixels/**/*.ts',
      'src/project/ratings/**/*.ts',
      'src/worker/{builtin,images}/**/*.ts',
      'test/**',
      'bench/**',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.{js,cjs}'], rules: { 'no-undef': 'off' } },
);
