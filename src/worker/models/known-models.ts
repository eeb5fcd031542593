import type { FileKnowledge, FileStamp } from './file-table.ts';
import type { ModelKind } from './facts.ts';
import type { Located } from './locate.ts';

/** A model of a server with its file and what is known of it. */
export interface KnownModel extends Located {
  knowledge: FileKnowledge;
  /** Where its file lay that is there no more; another may be put there at any time. */
  goneFrom?: string;
}

/** True when both are the same content, or both are none. */
export function isSameFile(one: FileStamp | null, other: FileStamp | null): boolean {
  return one?.path === other?.path && one?.bytes === other?.bytes && one?.mtime === other?.mtime;
}

function keyOf(kind: ModelKind, name: string): string {
  return `${kind} ${name}`;
}

/** The models of all servers, by server and name and by file. */
export class KnownModels {
  readonly #servers = new Map<string, ReadonlyMap<string, KnownModel>>();
  #byPath = new Map<string, KnownModel[]>();

  get(server: string, kind: ModelKind, name: string): KnownModel | null {
    return this.#servers.get(server)?.get(keyOf(kind, name)) ?? null;
  }

  of(server: string): readonly KnownModel[] {
    return [...(this.#servers.get(server)?.values() ?? [])];
  }

  /** Takes what a server has now. @returns whether anything that a person sees is different */
  replace(server: string, models: readonly KnownModel[]): boolean {
    const before = this.#servers.get(server);
    const seen = (model: KnownModel): boolean => model.bytes !== null;
    let news = [...(before?.values() ?? [])].filter(seen).length !== models.filter(seen).length;
    for (const model of models) {
      const old = before?.get(keyOf(model.kind, model.name));
      if (old !== undefined && old === model) continue;
      news ||= seen(model) || (old !== undefined && seen(old));
    }
    this.#servers.set(
      server,
      new Map(models.map(model => [keyOf(model.kind, model.name), model] as const)),
    );
    this.#byPath = new Map();
    for (const model of [...this.#servers.values()].flatMap(all => [...all.values()])) {
      if (model.file === null) continue;
      const same = this.#byPath.get(model.file.path);
      if (same === undefined) this.#byPath.set(model.file.path, [model]);
      else same.push(model);
    }
    return news;
  }

  /** Every model that is this content of a file. */
  ofFile(kind: ModelKind, file: FileStamp): KnownModel[] {
    return (this.#byPath.get(file.path) ?? []).filter(
      model => model.kind === kind && isSameFile(model.file, file),
    );
  }
}
