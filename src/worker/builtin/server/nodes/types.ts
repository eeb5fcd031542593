import type { ArtImage } from '../../art/types.ts';
import type { Graph } from '../graph.ts';
import type { EngineSettings } from '../options.ts';

/** Options of one input, as `/object_info` shows them. */
export interface InputOptions {
  default?: unknown;
  min?: number;
  max?: number;
  step?: number;
  round?: number;
  multiline?: boolean;
  dynamicPrompts?: boolean;
  control_after_generate?: boolean;
  advanced?: boolean;
  image_upload?: boolean;
  multiselect?: boolean;
  options?: readonly string[];
}

/** A type name, or the choices of a classic combo, with its options if it declares any. */
export type InputSpec =
  | readonly [type: string | readonly string[]]
  | readonly [type: string | readonly string[], options: InputOptions];

export type InputGroup = Readonly<Record<string, InputSpec>>;

export interface InputTypes {
  required: InputGroup;
  optional?: InputGroup;
  hidden?: Readonly<Record<string, string>>;
}

/** What a node may ask for while it is described, before any prompt. */
export interface Catalog {
  readonly checkpoints: readonly string[];
  readonly loras: readonly string[];
  readonly vaes: readonly string[];
  readonly backgroundModels: readonly string[];
  /** Pictures at the top level of the input folder. */
  inputImages(): readonly string[];
  /** File behind a name such as `a/b.png [output]`, or undefined if it is not there. */
  annotatedFile(name: string): string | undefined;
}

/** State of the engine that outlives a prompt. */
export interface EngineHost {
  readonly settings: EngineSettings;
  readonly catalog: Catalog;
  /** Checkpoints in (pretended) graphics memory. */
  readonly resident: Set<string>;
}

/** What a node sees of its prompt before it runs. */
export interface NodeScope {
  readonly nodeId: string;
  readonly graph: Graph;
  readonly extraData: Readonly<Record<string, unknown>>;
  readonly host: EngineHost;
}

/** What a running node gets. Links are already resolved. */
export interface NodeContext extends NodeScope {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether this prompt wants previews. */
  readonly previews: boolean;
  /** Reports a step; throws {@link Interrupted} like the progress bar of ComfyUI. */
  progress(value: number, max: number, preview?: ArtImage): void;
  /** Waits, in slices that an interrupt ends. */
  waitUntil(time: number): Promise<void>;
}

export interface NodeResult {
  outputs: readonly unknown[];
  /** What `executed` and the history show. */
  ui?: Readonly<Record<string, unknown>>;
}

/** One node class: its declaration and what it does. */
export interface NodeClass {
  readonly name: string;
  readonly displayName: string;
  readonly category: string;
  readonly inputs: (catalog: Catalog) => InputTypes;
  readonly outputs: readonly string[];
  readonly outputNames?: readonly string[];
  readonly isOutput?: boolean;
  /** Part of the cache key beside inputs and ancestors: what else decides the result. */
  readonly fingerprint?: (scope: NodeScope) => string;
  /** Checks of its own by input; such inputs skip the checks of range and list. Undefined: fine. */
  readonly validate?: Readonly<
    Record<string, (value: unknown, catalog: Catalog) => string | undefined>
  >;
  readonly run: (context: NodeContext) => Promise<NodeResult> | NodeResult;
}
