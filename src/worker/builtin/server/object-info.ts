import type { Catalog, NodeClass } from './nodes/types.ts';

/** One class as `/object_info` shows it, made from its declaration. */
export function describeClass(nodeClass: NodeClass, catalog: Catalog): Record<string, unknown> {
  const input = nodeClass.inputs(catalog);
  const order = Object.entries(input).map(([group, inputs]) => [
    group,
    Object.keys(inputs as object),
  ]);
  return {
    input,
    input_order: Object.fromEntries(order),
    is_input_list: false,
    output: nodeClass.outputs,
    output_is_list: nodeClass.outputs.map(() => false),
    output_name: nodeClass.outputNames ?? nodeClass.outputs,
    name: nodeClass.name,
    display_name: nodeClass.displayName,
    description: '',
    python_module: 'nodes',
    category: nodeClass.category,
    output_node: nodeClass.isOutput === true,
    has_intermediate_output: false,
    search_aliases: [],
  };
}

/** All classes. */
export function describeAll(
  classes: ReadonlyMap<string, NodeClass>,
  catalog: Catalog,
): Record<string, unknown> {
  const entries = [...classes].map(([name, nodeClass]) => [
    name,
    describeClass(nodeClass, catalog),
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}
