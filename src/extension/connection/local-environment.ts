type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a worker's process gets of the editor's environment. The editor's own variables would make its Node load a debugger or
 * speak to the editor; under Electron, one makes the editor's binary a plain Node.
 */
export function workerEnvironment(editor: Environment, electron: boolean): Environment {
  const kept = Object.entries(editor).filter(
    ([name]) => !/^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$|COMFYUI_URL$)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...(electron && { ELECTRON_RUN_AS_NODE: '1' }) };
}
