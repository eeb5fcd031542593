/** A file that a node wrote, as ComfyUI names it. */
export interface OutputImage {
  filename: string;
  subfolder: string;
  type: string;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Images in a node's output, as `executed` and the history give it. */
export function imagesIn(output: unknown): OutputImage[] {
  if (typeof output !== 'object' || output === null || !('images' in output)) return [];
  return (Array.isArray(output.images) ? (output.images as unknown[]) : []).flatMap(entry => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { filename, subfolder, type } = entry as Record<string, unknown>;
    return text(filename) === ''
      ? []
      : [{ filename: text(filename), subfolder: text(subfolder), type: text(type) || 'output' }];
  });
}
