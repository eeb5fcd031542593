interface NodeProgress {
  value: number;
  max: number;
  state: 'running' | 'finished';
  node_id: string;
  prompt_id: string;
  display_node_id: string;
  parent_node_id: null;
  real_node_id: string;
}

/** Where every node of one prompt that is not pending stands: `progress_state` is its snapshot. */
export class ProgressBoard {
  readonly #promptId: string;
  readonly #nodes = new Map<string, NodeProgress>();

  constructor(promptId: string) {
    this.#promptId = promptId;
  }

  start(id: string): void {
    this.#nodes.set(id, {
      value: 0,
      max: 1,
      state: 'running',
      ...identity(id, this.#promptId),
    });
  }

  update(id: string, value: number, max: number): void {
    const node = this.#nodes.get(id);
    if (node !== undefined) Object.assign(node, { value, max });
  }

  finish(id: string): void {
    const max = this.#nodes.get(id)?.max ?? 1;
    this.#nodes.set(id, { value: max, max, state: 'finished', ...identity(id, this.#promptId) });
  }

  /** Data of a `progress_state` message. */
  snapshot(): { prompt_id: string; nodes: Record<string, NodeProgress> } {
    return { prompt_id: this.#promptId, nodes: Object.fromEntries(this.#nodes) };
  }
}

function identity(id: string, promptId: string): Omit<NodeProgress, 'value' | 'max' | 'state'> {
  return {
    node_id: id,
    prompt_id: promptId,
    display_node_id: id,
    parent_node_id: null,
    real_node_id: id,
  };
}
