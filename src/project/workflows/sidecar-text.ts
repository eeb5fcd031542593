import { stringify } from 'yaml';
import type { Graph } from './graph.ts';
import type { Proposal } from './tag.ts';

function commented(text: string): string {
  return `# ${text.replace(/\s+/g, ' ')}`;
}

/** A roles file as a person likes to find it: which node is what, and what to look at. */
export function sidecarText(name: string, graph: Graph, { roles, notes }: Proposal): string {
  const lines = Object.entries(roles).map(([id, own]) => {
    const { class_type = '', _meta } = graph[id] ?? {};
    const title =
      _meta?.title === undefined || _meta.title === class_type ? '' : `, ${_meta.title}`;
    const entry = stringify({ [id]: own.join(' ') }).trimEnd();
    return `  ${entry} ${commented(`${class_type}${title}`)}`;
  });
  return [
    commented(`Roles of the nodes in ${name}.json; correct what is wrong.`),
    ...notes.map(commented),
    stringify({ title: name }).trimEnd(),
    ...(lines.length > 0 ? ['roles:', ...lines] : ['roles: {}']),
    '',
  ].join('\n');
}
