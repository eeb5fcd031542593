/** Options that ComfyUI was started with, as `argv` of `/system_stats` tells them. */
export class LaunchFlags {
  readonly argv: readonly string[];

  constructor(argv: readonly string[]) {
    this.argv = argv;
  }

  /** True when the option is there, with or without values. */
  has(option: string): boolean {
    return this.argv.some(word => word === option || word.startsWith(`${option}=`));
  }

  /** Values after an option up to the next one; null when the option is not there. The last of several counts, as in argparse. */
  values(option: string): string[] | null {
    const place = this.argv.findLastIndex(word => word === option || word.startsWith(`${option}=`));
    const word = this.argv[place];
    if (word === undefined) return null;
    if (word.includes('=')) return [word.slice(option.length + 1)];
    const rest = this.argv.slice(place + 1);
    const end = rest.findIndex(value => value.startsWith('--'));
    return end === -1 ? rest : rest.slice(0, end);
  }

  /** Weights are paged in on demand: the default on NVIDIA with PyTorch 2.8 or newer, which these options switch off. */
  get dynamicWeights(): boolean {
    return !['--disable-dynamic-vram', '--highvram', '--gpu-only', '--novram', '--cpu'].some(
      option => this.has(option),
    );
  }
}
